# The app the page loads: panel, platform and core as build/web/app.mjs and app.wasm.
# And the core alone, for embed.html, workers and Node: build/web/core.mjs and core.wasm, without panel and graphics.
file(GLOB_RECURSE app_sources CONFIGURE_DEPENDS src/studio/*.cpp src/platform/*.cpp)
list(FILTER app_sources EXCLUDE REGEX "/tool_bindings\\.cpp$") # what only the command line needs
if(NOT app_sources)
    message(STATUS "no src/studio, src/platform yet: no app")
    return()
endif()

# Without imgui_tables.cpp: src/platform/imgui_without_tables.cpp stands in.
set(imgui_sources imgui.cpp imgui_draw.cpp imgui_widgets.cpp backends/imgui_impl_wgpu.cpp backends/imgui_impl_opengl3.cpp)
list(TRANSFORM imgui_sources PREPEND ${IMGUI_DIR}/)
add_library(imgui STATIC ${imgui_sources})
target_include_directories(imgui SYSTEM PUBLIC ${IMGUI_DIR} ${IMGUI_DIR}/backends)
target_include_directories(imgui PUBLIC src)
target_compile_definitions(imgui PUBLIC IMGUI_USER_CONFIG="platform/imgui_config.h" IMGUI_DISABLE_FILE_FUNCTIONS IMGUI_DISABLE_DEMO_WINDOWS
                                        IMGUI_DISABLE_DEBUG_TOOLS IMGUI_DISABLE_OBSOLETE_FUNCTIONS
                                        IMGUI_DISABLE_DEFAULT_FONT)
target_compile_options(imgui PRIVATE -Oz -fno-exceptions -mnontrapping-fptoint -mbulk-memory)
set_source_files_properties(${IMGUI_DIR}/imgui_draw.cpp PROPERTIES COMPILE_OPTIONS -Os) # every triangle of a frame

add_executable(app ${app_sources})
target_link_libraries(app PRIVATE limner_core limner_english imgui)
# Most of a panel file's compile time is these headers.
target_precompile_headers(app PRIVATE <nlohmann/json.hpp> <string> <vector> <imgui.h>)
target_compile_options(app PRIVATE "SHELL:-Xclang -fno-pch-timestamp") # so that ccache may keep the results
set_target_properties(app PROPERTIES SUFFIX .mjs RUNTIME_OUTPUT_DIRECTORY ${PROJECT_SOURCE_DIR}/build/web)
# wasm-opt looks a second time, at what common subexpressions leave behind. Not emmalloc, 2 kB smaller: with it
# the dialog that restyles a photo (tests/browser/photo.test.mjs) ends in an access out of bounds inside the allocator.
target_link_options(app PRIVATE
    -Oz -lembind -sUSE_WEBGPU=1 -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2 -sALLOW_MEMORY_GROWTH
    -sMODULARIZE -sEXPORT_ES6 -sENVIRONMENT=web,worker -sFILESYSTEM=0 -sDYNAMIC_EXECUTION=0 -sNO_EXIT_RUNTIME=1
    -sTEXTDECODER=2 -sGL_TRACK_ERRORS=0 -sINCOMING_MODULE_JS_API=instantiateWasm,preinitializedWebGPUDevice
    -sBINARYEN_EXTRA_PASSES=--local-cse,--monomorphize,-Oz,--reorder-functions -sSTACK_SIZE=262144 --no-entry)
if(LIMNER_CLOSURE)
    target_link_options(app PRIVATE --closure 1)
endif()

set(core_bindings core_bindings.cpp file_bindings.cpp network_bindings.cpp people_bindings.cpp photo_bindings.cpp
                  tool_bindings.cpp word_bindings.cpp)
list(TRANSFORM core_bindings PREPEND src/platform/)
add_executable(core ${core_bindings})
target_link_libraries(core PRIVATE limner_core limner_languages)
set_target_properties(core PROPERTIES SUFFIX .mjs RUNTIME_OUTPUT_DIRECTORY ${PROJECT_SOURCE_DIR}/build/web)
target_link_options(core PRIVATE
    -Oz -lembind -sALLOW_MEMORY_GROWTH -sMODULARIZE -sEXPORT_ES6 -sENVIRONMENT=node,web,worker -sFILESYSTEM=0
    -sDYNAMIC_EXECUTION=0 -sNO_EXIT_RUNTIME=1 -sSTACK_SIZE=262144 --no-entry)
if(LIMNER_CLOSURE)
    target_link_options(core PRIVATE --closure 1)
endif()
