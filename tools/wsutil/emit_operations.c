/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * wsutil: client functions, service callbacks, stubs and contracts.
 */

#include <string.h>

#include "emit.h"

/* SAL annotation of a parameter. */
static const char *annotation( struct emitter *e, const struct cparam *param )
{
    if (param->kind == PARAM_ARRAY)
    {
        if (!param->out) return arena_printf( &e->c->arena, "_In_reads_opt_(%s)", param->count );
        if (!param->in) return arena_printf( &e->c->arena, "_Outptr_result_buffer_maybenull_(*%s)", param->count );
        return "_Inout_";
    }
    if (param->in && param->out) return "_Inout_";
    if (param->in && param->zero_terminated) return param->optional ? "_In_opt_z_" : "_In_z_";
    if (param->in) return param->optional ? "_In_opt_" : "_In_";
    if (param->zero_terminated) return param->optional ? "_Outptr_opt_result_z_" : "_Outptr_result_z_";
    if (param->pointer) return param->optional ? "_Outptr_opt_" : "_Outptr_";
    return "_Out_";
}

static void params( struct emitter *e, const struct coperation *operation )
{
    struct cparam *param;
    size_t i;

    for (i = 0; i < operation->params.count; i++)
    {
        param = operation->params.items[i];
        emit( e, "%s %s%s %s,", annotation( e, param ), param->c_type, param->out ? "*" : "", param->name );
    }
}

void emit_client_prototype( struct emitter *e, const struct coperation *operation, const char *end )
{
    emit( e, "// operation: %s", operation->name );
    emit_doc( e, operation->doc );
    emit( e, "HRESULT WINAPI %s(", operation->name );
    e->indent++;
    emit( e, "_In_ WS_SERVICE_PROXY* _serviceProxy," );
    params( e, operation );
    emit( e, "_In_ WS_HEAP* _heap," );
    emit( e, "_In_reads_opt_(_callPropertyCount) const WS_CALL_PROPERTY* _callProperties," );
    emit( e, "_In_ const ULONG _callPropertyCount," );
    emit( e, "_In_opt_ const WS_ASYNC_CONTEXT* _asyncContext," );
    emit( e, "_In_opt_ WS_ERROR* _error)%s", end );
    e->indent--;
    if (*end) emit_blank( e );
}

void emit_callback_types( struct emitter *e, const struct cbinding *binding )
{
    struct coperation *operation;
    size_t i;

    for (i = 0; i < binding->operations.count; i++)
    {
        operation = binding->operations.items[i];
        emit_doc( e, operation->doc );
        emit( e, "typedef HRESULT (CALLBACK* %s)(", operation->callback );
        e->indent++;
        emit( e, "_In_ const WS_OPERATION_CONTEXT* _context," );
        params( e, operation );
        emit( e, "_In_ const WS_ASYNC_CONTEXT* _asyncContext," );
        emit( e, "_In_ WS_ERROR* _error);" );
        e->indent--;
        emit_blank( e );
    }
    emit( e, "// binding: %s", binding->name );
    emit_doc( e, binding->doc );
    emit( e, "typedef struct %s", binding->table );
    emit_open( e, NULL );
    for (i = 0; i < binding->operations.count; i++)
    {
        operation = binding->operations.items[i];
        emit( e, "%s %s;", operation->callback, operation->name );
    }
    if (!binding->operations.count) emit( e, "char unused; // the port type has no operations" );
    emit_close( e, arena_printf( &e->c->arena, " %s;", binding->table ) );
    emit_blank( e );
}

/* The service side: unpacks the argument frame and calls the program's function. */
static void stub( struct emitter *e, const struct coperation *operation )
{
    struct cparam *param;
    size_t i;

    if (operation->params.count)
    {
        emit( e, "typedef struct %s", operation->param_struct );
        emit_open( e, NULL );
        for (i = 0; i < operation->params.count; i++)
        {
            param = operation->params.items[i];
            emit( e, "%s* %s;", param->c_type, param->name );
        }
        emit_close( e, arena_printf( &e->c->arena, " %s;", operation->param_struct ) );
        emit_blank( e );
    }
    if (e->c->options.no_service) return;
    emit( e, "HRESULT CALLBACK %s(", operation->stub );
    e->indent++;
    emit( e, "_In_ const WS_OPERATION_CONTEXT* _context," );
    emit( e, "_In_ void* _stackStruct," );
    emit( e, "_In_ const void* _callback," );
    emit( e, "_In_ const WS_ASYNC_CONTEXT* _asyncContext," );
    emit( e, "_In_ WS_ERROR* _error)" );
    e->indent--;
    emit_open( e, NULL );
    emit( e, "%s _operation = (%s)_callback;", operation->callback, operation->callback );
    if (operation->params.count) emit( e, "%s* _stack = (%s*)_stackStruct;", operation->param_struct, operation->param_struct );
    else emit( e, "(void)_stackStruct;" );
    emit( e, "return _operation(" );
    e->indent++;
    emit( e, "_context," );
    for (i = 0; i < operation->params.count; i++)
    {
        param = operation->params.items[i];
        emit( e, param->out ? "_stack->%s," : "*(_stack->%s),", param->name );
    }
    emit( e, "_asyncContext," );
    emit( e, "_error);" );
    e->indent--;
    emit_close( e, "" );
    emit_blank( e );
}

void emit_stubs( struct emitter *e )
{
    struct cbinding *binding;
    bool any = false;
    size_t i, j;

    for (i = 0; i < e->file->bindings.count; i++)
        any = any || ((struct cbinding *)e->file->bindings.items[i])->operations.count;
    if (!any) return;
    emit( e, "#if defined(_MSC_VER) && _MSC_VER >= 1400" );
    emit( e, "#pragma warning(push)" );
    emit( e, "#pragma warning(disable: 4055) // conversion from data pointer to function pointer" );
    emit( e, "#endif" );
    emit_blank( e );
    for (i = 0; i < e->file->bindings.count; i++)
    {
        binding = e->file->bindings.items[i];
        for (j = 0; j < binding->operations.count; j++) stub( e, binding->operations.items[j] );
    }
    emit( e, "#if defined(_MSC_VER) && _MSC_VER >= 1400" );
    emit( e, "#pragma warning(pop)" );
    emit( e, "#endif" );
    emit_blank( e );
}

static void client_function( struct emitter *e, const struct cbinding *binding, const struct coperation *operation )
{
    size_t i;

    emit_client_prototype( e, operation, "" );
    emit_open( e, NULL );
    if (operation->params.count) emit( e, "void* _argList[%zu];", operation->params.count );
    for (i = 0; i < operation->params.count; i++)
        emit( e, "_argList[%zu] = &%s;", i, ((struct cparam *)operation->params.items[i])->name );
    emit( e, "return WsCall(_serviceProxy," );
    e->indent++;
    emit( e, "(WS_OPERATION_DESCRIPTION*)&%s.contracts.%s.%s.%s,", e->file->local, binding->name, operation->name,
          operation->name );
    emit( e, operation->params.count ? "(const void**)_argList," : "0," );
    emit( e, "_heap," );
    emit( e, "_callProperties," );
    emit( e, "_callPropertyCount," );
    emit( e, "_asyncContext," );
    emit( e, "_error);" );
    e->indent--;
    emit_close( e, "" );
    emit_blank( e );
}

void emit_client_functions( struct emitter *e )
{
    struct cbinding *binding;
    size_t i, j;

    if (e->c->options.no_client) return;
    for (i = 0; i < e->file->bindings.count; i++)
    {
        binding = e->file->bindings.items[i];
        for (j = 0; j < binding->operations.count; j++) client_function( e, binding, binding->operations.items[j] );
    }
}

void emit_contract_members( struct emitter *e )
{
    struct coperation *operation;
    struct cbinding *binding;
    size_t i, j;

    if (!e->file->bindings.count) return;
    emit( e, "struct  // contracts" );
    emit_open( e, NULL );
    for (i = 0; i < e->file->bindings.count; i++)
    {
        binding = e->file->bindings.items[i];
        emit( e, "struct  // %s", binding->name );
        emit_open( e, NULL );
        for (j = 0; j < binding->operations.count; j++)
        {
            operation = binding->operations.items[j];
            emit( e, "struct  // %s", operation->name );
            emit_open( e, NULL );
            if (operation->params.count) emit( e, "WS_PARAMETER_DESCRIPTION params[%zu];", operation->params.count );
            emit( e, "WS_OPERATION_DESCRIPTION %s;", operation->name );
            emit_close( e, arena_printf( &e->c->arena, " %s;", operation->name ) );
        }
        if (binding->operations.count) emit( e, "WS_OPERATION_DESCRIPTION* operations[%zu];", binding->operations.count );
        emit( e, "WS_CONTRACT_DESCRIPTION contractDesc;" );
        emit_close( e, arena_printf( &e->c->arena, " %s;", binding->name ) );
    }
    emit_close( e, " contracts;  // end of contracts" );
}

static const char *message_ref( struct emitter *e, const struct cmessage *message )
{
    if (!message) return "0";
    return arena_printf( &e->c->arena, "(WS_MESSAGE_DESCRIPTION*)&%s.messages.%s", message->file->name, message->member );
}

static const char *nillable_option( bool nillable )
{
    return nillable ? "WS_SERVICE_OPERATION_MESSAGE_NILLABLE_ELEMENT" : "0";
}

static void operation_values( struct emitter *e, const struct cbinding *binding, const struct coperation *operation )
{
    static const char *const kinds[] =
        { "WS_PARAMETER_TYPE_NORMAL", "WS_PARAMETER_TYPE_ARRAY", "WS_PARAMETER_TYPE_ARRAY_COUNT",
          "WS_PARAMETER_TYPE_MESSAGES" };
    struct cparam *param;
    size_t i;

    emit_open( e, operation->name );
    if (operation->params.count)
    {
        emit_open( e, arena_printf( &e->c->arena, "parameter descriptions for %s", operation->name ) );
        for (i = 0; i < operation->params.count; i++)
        {
            param = operation->params.items[i];
            emit( e, "{ %s, (USHORT)%d, (USHORT)%d },", kinds[param->kind], param->in_index, param->out_index );
        }
        emit_close( e, "," );
    }
    emit_open( e, arena_printf( &e->c->arena, "operation description for %s", operation->name ) );
    emit( e, "1," );
    emit( e, "%s,", message_ref( e, operation->input ) );
    emit( e, "%s,", message_ref( e, operation->output ) );
    emit( e, "%s,", nillable_option( operation->nillable_input ) );
    emit( e, "%s,", nillable_option( operation->nillable_output ) );
    emit( e, "%zu,", operation->params.count );
    if (operation->params.count)
        emit( e, "(WS_PARAMETER_DESCRIPTION*)%s.contracts.%s.%s.params,", e->file->local, binding->name, operation->name );
    else emit( e, "0," );
    if (e->c->options.no_service) emit( e, "0," );
    else emit( e, "%s,", operation->stub );
    emit( e, operation->rpc ? "WS_RPC_LITERAL_OPERATION" : "WS_NON_RPC_LITERAL_OPERATION" );
    emit_close( e, "" );
    emit_close( e, arena_printf( &e->c->arena, ",  // %s", operation->name ) );
}

void emit_contract_values( struct emitter *e )
{
    struct coperation *operation;
    struct cbinding *binding;
    size_t i, j;

    if (!e->file->bindings.count) return;
    emit_open( e, "contracts" );
    for (i = 0; i < e->file->bindings.count; i++)
    {
        binding = e->file->bindings.items[i];
        emit_open( e, binding->name );
        for (j = 0; j < binding->operations.count; j++) operation_values( e, binding, binding->operations.items[j] );
        if (binding->operations.count)
        {
            emit_open( e, arena_printf( &e->c->arena, "array of operations for %s", binding->name ) );
            for (j = 0; j < binding->operations.count; j++)
            {
                operation = binding->operations.items[j];
                emit( e, "(WS_OPERATION_DESCRIPTION*)&%s.contracts.%s.%s.%s,", e->file->local, binding->name,
                      operation->name, operation->name );
            }
            emit_close( e, "," );
        }
        emit_open( e, arena_printf( &e->c->arena, "contract description for %s", binding->name ) );
        emit( e, "%zu,", binding->operations.count );
        if (binding->operations.count)
            emit( e, "(WS_OPERATION_DESCRIPTION**)%s.contracts.%s.operations", e->file->local, binding->name );
        else emit( e, "0" );
        emit_close( e, "" );
        emit_close( e, arena_printf( &e->c->arena, ",  // %s", binding->name ) );
    }
    emit_close( e, ",  // end of contracts" );
}
