#include "generator/network.h"

#include "generator/program.h"

namespace limner {

using net::Program;

Network::Network(std::unique_ptr<Program> program) : program_(std::move(program)) {}
Network::Network(Network&&) noexcept = default;
Network& Network::operator=(Network&&) noexcept = default;
Network::~Network() = default;

Result<Network> Network::open(std::span<const std::uint8_t> onnx) {
    const Result<OnnxGraph> graph = read_onnx(onnx);
    if (!graph) return graph.error();
    Result<Program> program = net::build_program(*graph);
    if (!program) return program.error();
    return Network(std::make_unique<Program>(*std::move(program)));
}

std::size_t Network::input_count(std::string_view name) const {
    for (const auto& [key, v] : program_->inputs)
        if (key == name) return net::count_of(program_->shape(v));
    return 0;
}
std::size_t Network::output_count() const { return net::count_of(program_->shape(program_->output)); }

std::size_t Network::bytes() const {
    std::size_t floats = program_->memory.size() + program_->scratch.size();
    for (const net::Store& s : program_->stores) floats += s.weights.size();
    for (const auto& w : program_->prepared) floats += w.size();
    return floats * sizeof(float);
}

std::span<float> Network::input(std::string_view name) {
    for (const auto& [key, v] : program_->inputs)
        if (key == name) return {program_->data(v), net::count_of(program_->shape(v))};
    return {};
}

std::span<const float> Network::run() {
    program_->run();
    return {program_->data(program_->output), output_count()};
}

}  // namespace limner
