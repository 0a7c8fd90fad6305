//! What a ledger gives back.

use hedgerow_codebook::Claim;
use hedgerow_text::{Document, Meta, Span};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A claim with what is known of the document that makes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClaimRow {
    /// The claim; `claim.doc` is the document's id, and `claim.id` is unique in the ledger.
    #[serde(flatten)]
    pub claim: Claim,
    /// Headline of the document.
    pub title: Option<String>,
    /// Who printed it.
    pub outlet: Option<String>,
    /// When it was printed.
    pub published: Option<Date>,
    /// Where it was found.
    pub url: Option<String>,
}

/// The newest version of a document, with its newest coding, but without its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentRow {
    /// The document's id.
    pub id: String,
    /// 1 as first received; each change of the article under the same path or address adds 1.
    pub version: u32,
    /// Headline, outlet, day of publication, address.
    #[serde(flatten)]
    pub meta: Meta,
    /// The path it was read from.
    pub path: String,
    /// SHA-256 of the bytes received.
    pub bytes_sha256: String,
    /// What took the text out of them, with its version; nothing where the text is the bytes.
    pub extractor: Option<String>,
    /// 1 as first coded; each coding by another codebook or model adds 1.
    pub generation: u32,
    /// Version of the codebook of the newest coding.
    pub codebook: String,
    /// Version of the model of the newest coding.
    pub model: String,
    /// Number of claims of the newest coding.
    pub claims: u64,
    /// When this version was added (UTC).
    pub added: String,
}

/// A document as it is kept: the text as received, and what the coder remarked on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StoredDocument {
    /// What is known of it.
    #[serde(flatten)]
    pub row: DocumentRow,
    /// The text, as received.
    pub text: String,
    /// What the coder remarked when it read the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl StoredDocument {
    /// The document with its zones found again.
    pub fn document(&self) -> Document {
        Document::new(self.row.id.clone(), self.text.clone(), self.row.meta.clone())
    }
}

/// A remark of the coder on a document, kept with the coding that gave rise to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Its name, `not-english`.
    pub name: String,
    /// The stretch of text it is about (bytes).
    #[serde(default)]
    pub span: Option<Span>,
    /// What was found.
    pub message: String,
    /// What to do about it.
    #[serde(default)]
    pub help: Option<String>,
}
