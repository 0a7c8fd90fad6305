//! `hedgerow user`: who may do what in the web application.

use std::io::{self, BufRead};

use anyhow::{Context, bail};
use clap::{Args as Arguments, Subcommand};
use hedgerow_people::{Account, LOCAL, People, Role, beside, new_password};

use crate::print::Out;
use crate::print::table::Table;
use crate::trouble::visible;

/// Say who may do what in the web application, make accounts for a desk without providers, forget people.
///
/// Accounts are in a file of their own beside the ledger (asia.people.sqlite beside asia.sqlite), so that the ledger can be given
/// away without them. The first admin is made here, never by being the first to sign in.
#[derive(Debug, Arguments)]
#[command(after_help = "\
Examples:
  hedgerow user add ann --name 'Ann Lee' --role admin   an account with a password, which is printed once
  hedgerow user list
  hedgerow user grant 3 reviewer                        somebody who signed in with a provider
  hedgerow user grant ann reviewer --as 'A. Lee'
  hedgerow user erase 3                                 forget who that was
  hedgerow user erase --guest ann@example.org")]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make an account with a password.
    Add {
        /// The name to sign in with.
        #[arg(value_name = "LOGIN")]
        login: String,
        /// What the account is called; LOGIN where nothing is said.
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        /// reader, commenter, reviewer, admin.
        #[arg(long, value_name = "ROLE", default_value = "commenter")]
        role: Role,
        #[command(flatten)]
        password: PasswordFrom,
        #[command(flatten)]
        ledger: super::LedgerFile,
    },
    /// Give an account a role; it is signed out everywhere.
    Grant {
        /// Number of the account, or the name that it signs in with.
        #[arg(value_name = "WHO")]
        who: String,
        /// reader, commenter, reviewer, admin.
        #[arg(value_name = "ROLE")]
        role: Role,
        /// Under which name its decisions are kept.
        #[arg(long = "as", value_name = "NAME")]
        author: Option<String>,
        #[command(flatten)]
        ledger: super::LedgerFile,
    },
    /// Give an account of this place another password; it is signed out everywhere.
    Password {
        /// Number of the account, or the name that it signs in with.
        #[arg(value_name = "WHO")]
        who: String,
        #[command(flatten)]
        password: PasswordFrom,
        #[command(flatten)]
        ledger: super::LedgerFile,
    },
    /// Sign an account out everywhere.
    End {
        /// Number of the account, or the name that it signs in with.
        #[arg(value_name = "WHO")]
        who: String,
        #[command(flatten)]
        ledger: super::LedgerFile,
    },
    /// List the accounts.
    List {
        #[command(flatten)]
        ledger: super::LedgerFile,
    },
    /// Forget a person: who that was, the password, the words of all replies. Decisions on claims stay.
    Erase {
        /// Number of the account, or the name that it signs in with.
        #[arg(value_name = "WHO", required_unless_present = "guest")]
        who: Option<String>,
        /// Forget a guest by the address that came with the replies.
        #[arg(long, value_name = "EMAIL", conflicts_with = "who")]
        guest: Option<String>,
        #[command(flatten)]
        ledger: super::LedgerFile,
    },
}

/// Where a password comes from.
#[derive(Debug, Clone, Copy, Arguments)]
struct PasswordFrom {
    /// Read the password from the first line of standard input; without this one is made and printed.
    #[arg(long)]
    password_stdin: bool,
}

impl PasswordFrom {
    /// The password, and whether it was made here.
    fn get(self) -> anyhow::Result<(String, bool)> {
        if !self.password_stdin {
            return Ok((new_password()?, true));
        }
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line).context("no password on standard input")?;
        Ok((line.trim_end_matches(['\r', '\n']).to_owned(), false))
    }
}

pub(crate) fn run(args: &Args, out: &mut Out) -> anyhow::Result<()> {
    let now = jiff::Timestamp::now().as_second();
    match &args.what {
        What::Add { login, name, role, password, ledger } => {
            if !ledger.ledger.exists() {
                bail!(
                    "there is no ledger at {}; make one with `hedgerow add`, or name it with --ledger",
                    ledger.ledger.display()
                );
            }
            let (word, own) = password.get()?;
            let mut people = People::open(beside(&ledger.ledger))?;
            let name = name.as_deref().unwrap_or(login);
            let account = people.add_local(login, name, &word, *role, now)?;
            out.line(format!(
                "account {}: {} ({})",
                account.id,
                visible(&account.subject),
                account.role
            ))?;
            tell(out, &word, own)?;
        }
        What::Grant { who, role, author, ledger } => {
            let mut people = open(ledger)?;
            let account = find(&people, who)?;
            let account = people.grant(account.id, *role, author.as_deref())?;
            let kept = account
                .author
                .map(|it| format!("; its decisions are kept under “{}”", visible(&it)));
            out.line(format!(
                "account {}: {} is {}{}",
                account.id,
                visible(&account.name),
                account.role,
                kept.unwrap_or_default()
            ))?;
        }
        What::Password { who, password, ledger } => {
            let mut people = open(ledger)?;
            let account = find(&people, who)?;
            let (word, own) = password.get()?;
            people.set_password(account.id, &word)?;
            out.line(format!(
                "account {}: another password, and signed out everywhere",
                account.id
            ))?;
            tell(out, &word, own)?;
        }
        What::End { who, ledger } => {
            let mut people = open(ledger)?;
            let account = find(&people, who)?;
            let ended = people.close_sessions(account.id, None)?;
            out.line(format!("account {}: sessions ended: {ended}", account.id))?;
        }
        What::List { ledger } => list(&open(ledger)?, out)?,
        What::Erase { guest: Some(email), ledger, .. } => {
            let gone = open(ledger)?.erase_guest(email, now)?;
            out.line(format!("replies whose words are gone: {gone}"))?;
        }
        What::Erase { who, ledger, .. } => {
            let mut people = open(ledger)?;
            let account = find(&people, who.as_deref().unwrap_or_default())?;
            let erased = people.erase(account.id, now)?;
            out.line(format!(
                "account {}: forgotten; replies whose words are gone: {}, sessions ended: {}",
                account.id, erased.replies, erased.sessions
            ))?;
            if let Some(author) = account.author {
                out.line(format!("decisions in the ledger stay, under “{}”", visible(&author)))?;
            }
        }
    }
    Ok(())
}

fn open(ledger: &super::LedgerFile) -> anyhow::Result<People> {
    Ok(People::open_existing(beside(&ledger.ledger))?)
}

fn find(people: &People, who: &str) -> anyhow::Result<Account> {
    let found = match who.parse::<i64>() {
        Ok(id) => people.account(id)?.filter(|it| it.erased.is_none()),
        Err(_) => people.account_of(LOCAL, &who.to_lowercase())?,
    };
    found.with_context(|| format!("there is no account `{who}`; `hedgerow user list` shows all"))
}

fn list(people: &People, out: &mut Out) -> anyhow::Result<()> {
    let mut table =
        Table::new(&["number", "name", "role", "signs in with", "decisions as", "last seen"]);
    for it in people.accounts()? {
        let with = if it.issuer == LOCAL {
            it.subject.clone()
        } else {
            format!("{} {}", it.issuer, it.subject)
        };
        let seen =
            jiff::Timestamp::from_second(it.seen).map(|at| at.strftime("%Y-%m-%d").to_string());
        table.row(vec![
            it.id.to_string(),
            visible(&it.name),
            it.role.to_string(),
            visible(&with),
            visible(&it.author.unwrap_or_default()),
            seen.unwrap_or_default(),
        ]);
    }
    if table.is_empty() {
        return Ok(out.line("there are no accounts")?);
    }
    Ok(table.print(out)?)
}

fn tell(out: &mut Out, word: &str, own: bool) -> io::Result<()> {
    if own {
        out.line(format!("password (shown this once): {word}"))?;
    }
    Ok(())
}
