-- What is published or decided is not changed afterwards.
CREATE TRIGGER brief_version_kept BEFORE UPDATE ON brief_version
BEGIN SELECT RAISE(ABORT, 'a published version is not changed'); END;
CREATE TRIGGER brief_version_stays BEFORE DELETE ON brief_version
BEGIN SELECT RAISE(ABORT, 'a published version is not deleted'); END;
CREATE TRIGGER moderation_kept BEFORE UPDATE ON moderation
BEGIN SELECT RAISE(ABORT, 'the log of moderation only grows'); END;
CREATE TRIGGER moderation_stays BEFORE DELETE ON moderation
BEGIN SELECT RAISE(ABORT, 'the log of moderation only grows'); END;
CREATE TRIGGER account_stays BEFORE DELETE ON account
BEGIN SELECT RAISE(ABORT, 'an account is erased, not deleted: its number is never given to another'); END;
