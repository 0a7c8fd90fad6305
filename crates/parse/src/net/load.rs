//! Reading the network from its sections, and what must hold of it.

use super::kernel::Packed;
use super::{FAR, Layer, Network, Norm, Table};
use crate::file::{ModelError, Reader, Sections};

/// Sizes beyond these are no model of ours; the bounds keep a forged file from asking for all memory.
const MAX_WIDTH: usize = 1024;
const MAX_LAYERS: usize = 16;
const MAX_LABELS: usize = 4096;
const MAX_ROWS: usize = 1 << 20;

impl Network {
    /// Reads the sections `words`, `pieces` and `net`; `tags` and `rels` are the sizes of the label inventories.
    pub(crate) fn load(
        sections: &Sections<'_>,
        tags: usize,
        rels: usize,
    ) -> Result<Self, ModelError> {
        let mut net = sections.reader("net")?;
        let width = net.u32()? as usize;
        if !(16..=MAX_WIDTH).contains(&width) || !width.is_multiple_of(16) {
            return Err(net.error("the width is not a small multiple of sixteen"));
        }
        let count = net.u32()? as usize;
        if count > MAX_LAYERS {
            return Err(net.error("it has too many layers"));
        }
        let words = table(sections.reader("words")?, width)?;
        let pieces = table(sections.reader("pieces")?, width)?;
        let root = net.floats(width)?;
        let sum_norm = norm(&mut net, width)?;
        let mix = packed(&mut net, width, Some(2 * width))?;
        let mix_norm = norm(&mut net, width)?;
        let mut layers = Vec::new();
        for _ in 0..count {
            let window = net.u32()? as usize;
            if window != 1 && window != 3 {
                return Err(net.error("a window is neither one nor three"));
            }
            layers.push(Layer {
                window,
                gate: packed(&mut net, window * width, Some(2 * width))?,
                project: packed(&mut net, width, Some(width))?,
                norm: norm(&mut net, width)?,
            });
        }
        let tag = packed(&mut net, width, Some(tags))?;
        let arc_dependent = packed(&mut net, width, None)?;
        let arc = arc_dependent.outputs();
        let arc_head = packed(&mut net, width, Some(arc))?;
        let bilinear = packed(&mut net, arc, Some(arc))?;
        let head_bias = net.floats(arc)?;
        let distance = net.floats(2 * FAR + 1)?;
        let rel_dependent = packed(&mut net, width, None)?;
        let inner = rel_dependent.outputs();
        let rel_head = packed(&mut net, width, Some(inner))?;
        let rel = packed(&mut net, inner, Some(rels))?;
        if arc % 16 != 0 || inner % 16 != 0 {
            return Err(net.error("an inner width is not a multiple of sixteen"));
        }
        Ok(Self {
            width,
            words,
            pieces,
            root,
            sum_norm,
            mix,
            mix_norm,
            layers,
            tag,
            arc_dependent,
            arc_head,
            bilinear,
            head_bias,
            distance,
            rel_dependent,
            rel_head,
            rel,
        })
    }
}

fn table(mut reader: Reader<'_>, width: usize) -> Result<Table, ModelError> {
    let rows = reader.u32()?;
    if rows == 0 || rows as usize > MAX_ROWS {
        return Err(reader.error("the number of rows is out of range"));
    }
    let scales = reader.floats(rows as usize)?;
    let bytes = reader.skip(rows as usize * width)?;
    Ok(Table { rows, scales, bytes })
}

fn norm(reader: &mut Reader<'_>, width: usize) -> Result<Norm, ModelError> {
    Ok(Norm { gain: reader.floats(width)?, bias: reader.floats(width)? })
}

/// Reads a layer of `inputs`, with the wanted number of outputs where that is known beforehand.
fn packed(
    reader: &mut Reader<'_>,
    inputs: usize,
    wanted: Option<usize>,
) -> Result<Packed, ModelError> {
    let outputs = reader.u32()? as usize;
    if wanted.is_some_and(|wanted| wanted != outputs) || !(1..=MAX_LABELS).contains(&outputs) {
        return Err(reader.error("the layers do not fit each other"));
    }
    let scales = reader.floats(outputs)?;
    let bias = reader.floats(outputs)?;
    let weights = reader.bytes(inputs * outputs)?;
    Ok(Packed::new(inputs, weights, &scales, &bias))
}
