// The groomer: a body in, hair, brows, lashes and beard out, as strands.
#pragma once
#include "scene.h"
#include "sitter/sitter.h"

#include <vector>

namespace limner::sitters {

// Strands in world space for hair, brows, lashes and beard, as the sitter asks. The body is posed and, for
// long hair, should
// already be dressed: hair rests on every skin and cloth mesh it finds. Deterministic: the same body and
// sitter give
// the same strands. Safe to call from several threads. Takes 20-150 ms, up to 300 ms for long styles.
// A mirrored body with a mirrored sitter gives mirrored strands as long as hair.part is not zero.
std::vector<Strands> groom(const Body& body, const Sitter& sitter);

}  // namespace limner::sitters
