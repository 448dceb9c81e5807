//! A delivery whose bytes are hashed while they are read from the beginning.

use std::io::{self, Read};
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::Delivery;

/// A delivery, and what is known of its bytes.
pub(super) struct Hashed<'a> {
    inner: &'a dyn Delivery,
    whole: Mutex<Option<(String, u64)>>,
}

impl<'a> Hashed<'a> {
    pub(super) fn new(inner: &'a dyn Delivery) -> Self {
        Self { inner, whole: Mutex::new(None) }
    }

    /// The SHA-256 of the file's bytes in hexadecimal, and how many there are. They are
    /// read once more unless somebody has read them from the first to the last.
    ///
    /// # Errors
    /// Whatever the system says.
    pub(super) fn finish(&self) -> io::Result<(String, u64)> {
        let known = || self.whole.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if known().is_none() {
            io::copy(&mut self.open(0)?, &mut io::sink())?;
        }
        Ok(known().unwrap_or_default())
    }
}

impl Delivery for Hashed<'_> {
    fn name(&self) -> &str {
        self.inner.name()
    }

    fn open(&self, offset: u64) -> io::Result<Box<dyn Read + '_>> {
        let stream = self.inner.open(offset)?;
        if offset > 0 {
            return Ok(stream);
        }
        Ok(Box::new(Watched {
            inner: stream,
            hash: Sha256::new(),
            bytes: 0,
            whole: &self.whole,
        }))
    }
}

struct Watched<'a> {
    inner: Box<dyn Read + 'a>,
    hash: Sha256,
    bytes: u64,
    whole: &'a Mutex<Option<(String, u64)>>,
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.hash.update(&buffer[..count]);
        self.bytes += count as u64;
        if count == 0 && !buffer.is_empty() {
            let hash = hex(&self.hash.clone().finalize());
            let mut whole = self.whole.lock().unwrap_or_else(PoisonError::into_inner);
            *whole = Some((hash, self.bytes));
        }
        Ok(count)
    }
}

/// Bytes in lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
