# limner_embed(TARGET SYMBOL FILE…): files become bytes inside a target, at build time.
#
#   limner_embed(limner_core kSchemaJson src/recipe/schema.json)
#       one file:     namespace limner { extern const std::string_view kSchemaJson; }
#   limner_embed(limner_core kStyleFiles FOLDER shaders/styles/*.json)
#       many files:   namespace limner { extern const std::span<const EmbeddedFile> kStyleFiles; }   // base/embedded.h
#       sorted by name; the name is the file's without folders and its last extension; none is fine.
#
#   limner_bundle(limner_core kLanguagesSum languages.txt src/prompt/data/de.json …)
#       files that travel beside the program as one, <build>/embedded/languages.txt: of each a line with its name and a line
#       with its bytes. In the target only their sum:  namespace limner { extern const std::string_view kLanguagesSum; }  // SHA-256
#
# All are constant-initialised, so they may be used while other statics are being made. Paths are relative to the
# project; patterns are looked up again at every build.

set(LIMNER_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/embed.cmake)

function(limner_embed target symbol)
    cmake_parse_arguments(arg "" "" "FOLDER" ${ARGN})
    set(kind file)
    set(files ${arg_UNPARSED_ARGUMENTS})
    if(DEFINED arg_FOLDER OR "FOLDER" IN_LIST ARGN)
        set(kind folder)
        set(files)
        foreach(pattern IN LISTS arg_FOLDER)
            file(GLOB found CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${pattern})
            list(APPEND files ${found})
        endforeach()
        list(SORT files)
    else()
        list(TRANSFORM files PREPEND ${PROJECT_SOURCE_DIR}/)
    endif()
    limner_write_embedded(${target} ${symbol} ${kind} "" ${files})
endfunction()

function(limner_bundle target symbol name)
    list(TRANSFORM ARGN PREPEND ${PROJECT_SOURCE_DIR}/ OUTPUT_VARIABLE files)
    limner_write_embedded(${target} ${symbol} bundle ${CMAKE_CURRENT_BINARY_DIR}/embedded/${name} ${files})
endfunction()

function(limner_write_embedded target symbol kind bundle)
    set(source ${CMAKE_CURRENT_BINARY_DIR}/embedded/${target}/${symbol}.cpp)
    add_custom_command(
        OUTPUT ${source} ${bundle}
        COMMAND ${CMAKE_COMMAND} -DSYMBOL=${symbol} -DKIND=${kind} -DOUTPUT=${source} -DBUNDLE=${bundle} "-DFILES=${ARGN}"
                -P ${LIMNER_EMBED_SCRIPT}
        DEPENDS ${ARGN} ${LIMNER_EMBED_SCRIPT}
        COMMENT "Embedding ${symbol}"
        VERBATIM)
    target_sources(${target} PRIVATE ${source})
endfunction()
