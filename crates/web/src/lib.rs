//! The web application: documents, evidence, dyads.
