/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Typed operations: parameters <-> body structs. Used by the host (frames of stubs) and by the proxy (arguments). */
#include "service/operation.h"

#define NO_INDEX ((USHORT)~0)

static BOOL has_message_parameter( const WS_OPERATION_DESCRIPTION *desc, BOOL input )
{
    ULONG i;

    for (i = 0; i < desc->parameterCount; i++)
    {
        const WS_PARAMETER_DESCRIPTION *param = &desc->parameterDescription[i];
        if (param->parameterType == WS_PARAMETER_TYPE_MESSAGES &&
            (input ? param->inputMessageIndex : param->outputMessageIndex) != NO_INDEX) return TRUE;
    }
    return FALSE;
}

static HRESULT body_init( struct body *body, const WS_OPERATION_DESCRIPTION *desc, BOOL input, WS_ERROR *error )
{
    ULONG options = input ? desc->inputMessageOptions : desc->outputMessageOptions;
    BOOL nillable = !!(options & WS_SERVICE_OPERATION_MESSAGE_NILLABLE_ELEMENT);

    memset( body, 0, sizeof(*body) );
    if (!(body->message = input ? desc->inputMessageDescription : desc->outputMessageDescription)) return S_OK;
    if (!(body->element = body->message->bodyElementDescription)) return S_OK;

    if (has_message_parameter( desc, input ))
    {
        body->by_pointer = TRUE;
        body->size = sizeof(void *);
        body->read = nillable ? WS_READ_NILLABLE_POINTER : WS_READ_REQUIRED_POINTER;
        body->write = nillable ? WS_WRITE_NILLABLE_POINTER : WS_WRITE_REQUIRED_POINTER;
        return S_OK;
    }
    if (nillable)
        return ws_fail( error, E_INVALIDARG, "A nillable %s message needs a message parameter.", input ? "input" : "output" );
    if (body->element->type != WS_STRUCT_TYPE || !body->element->typeDescription)
        return ws_fail( error, E_INVALIDARG, "The %s element of the operation has type %u and not a struct type.",
                        input ? "input" : "output", body->element->type );
    body->size = ((const WS_STRUCT_DESCRIPTION *)body->element->typeDescription)->size;
    body->read = WS_READ_REQUIRED_VALUE;
    body->write = WS_WRITE_REQUIRED_VALUE;
    return S_OK;
}

/* What a parameter occupies in the body struct. */
struct slot
{
    ULONG offset;
    ULONG size;
};

static HRESULT slot_find( const struct body *body, const WS_PARAMETER_DESCRIPTION *param, USHORT index, struct slot *slot,
                          WS_ERROR *error )
{
    const WS_STRUCT_DESCRIPTION *desc;
    const WS_FIELD_DESCRIPTION *field;

    slot->offset = 0;
    slot->size = sizeof(void *);
    if (!body->element)
        return ws_fail( error, E_INVALIDARG, "A parameter refers to field %u of a message without a body.", index );
    if (param->parameterType == WS_PARAMETER_TYPE_MESSAGES) return S_OK;
    if (body->by_pointer)
        return ws_fail( error, E_INVALIDARG, "A message has both a message parameter and field parameters." );

    desc = body->element->typeDescription;
    if (index >= desc->fieldCount || !(field = desc->fields[index]))
        return ws_fail( error, E_INVALIDARG, "A parameter refers to field %u of a struct with %u fields.", index,
                        desc->fieldCount );
    switch (param->parameterType)
    {
    case WS_PARAMETER_TYPE_ARRAY_COUNT:
        slot->offset = field->countOffset;
        slot->size = sizeof(ULONG);
        break;
    case WS_PARAMETER_TYPE_ARRAY:
        slot->offset = field->offset;
        break;
    case WS_PARAMETER_TYPE_NORMAL:
        slot->offset = field->offset;
        if (field->options & WS_FIELD_POINTER) break;
        if (!(slot->size = serial_type_size( field->type, field->typeDescription )))
            return ws_fail( error, E_INVALIDARG, "Field %u of a message has the unknown type %u.", index, field->type );
        break;
    default:
        return ws_fail( error, E_INVALIDARG, "The parameter type %u is unknown.", param->parameterType );
    }
    if (slot->offset >= desc->size || slot->size > desc->size - slot->offset)
        return ws_fail( error, E_INVALIDARG, "Field %u of a message lies at %u, outside its struct of %u bytes.", index,
                        slot->offset, desc->size );
    return S_OK;
}

HRESULT operation_init( struct operation *op, const WS_OPERATION_DESCRIPTION *desc, WS_ERROR *error )
{
    struct slot slot;
    HRESULT hr;
    ULONG i;

    op->desc = desc;
    op->callback = NULL;
    op->index = 0;
    if (!desc || !desc->inputMessageDescription || (desc->parameterCount && !desc->parameterDescription))
        return ws_fail( error, E_INVALIDARG, "The description of an operation lacks its input message or parameters." );
    if (desc->versionInfo != 1)
        return ws_fail( error, E_INVALIDARG, "The description of an operation has version %u instead of 1.",
                        desc->versionInfo );
    if ((hr = body_init( &op->input, desc, TRUE, error )) || (hr = body_init( &op->output, desc, FALSE, error ))) return hr;

    for (i = 0; i < desc->parameterCount; i++)
    {
        const WS_PARAMETER_DESCRIPTION *param = &desc->parameterDescription[i];

        if (param->inputMessageIndex != NO_INDEX &&
            (hr = slot_find( &op->input, param, param->inputMessageIndex, &slot, error ))) return hr;
        if (param->outputMessageIndex != NO_INDEX &&
            (hr = slot_find( &op->output, param, param->outputMessageIndex, &slot, error ))) return hr;
        if (param->inputMessageIndex == NO_INDEX && param->outputMessageIndex == NO_INDEX)
            return ws_fail( error, E_INVALIDARG, "Parameter %u is in neither message.", i );
    }
    return S_OK;
}

#define ROUND( n ) (((n) + 15) & ~(SIZE_T)15)

HRESULT frame_create( const struct operation *op, WS_HEAP *heap, struct call_frame *frame, WS_ERROR *error )
{
    SIZE_T input = ROUND( op->input.size ), output = ROUND( op->output.size );
    BYTE *ptr;

    if (!(ptr = heap_zalloc( heap, input + output + op->desc->parameterCount * sizeof(void *), error )))
        return heap_failure( heap );
    frame->input = ptr;
    frame->output = ptr + input;
    frame->parameters = (void **)(ptr + input + output);
    return S_OK;
}

HRESULT frame_bind( const struct operation *op, struct call_frame *frame, WS_ERROR *error )
{
    struct slot in, out;
    HRESULT hr;
    ULONG i;

    for (i = 0; i < op->desc->parameterCount; i++)
    {
        const WS_PARAMETER_DESCRIPTION *param = &op->desc->parameterDescription[i];

        if (param->inputMessageIndex != NO_INDEX)
        {
            if ((hr = slot_find( &op->input, param, param->inputMessageIndex, &in, error ))) return hr;
            frame->parameters[i] = (BYTE *)frame->input + in.offset;
        }
        if (param->outputMessageIndex != NO_INDEX)
        {
            if ((hr = slot_find( &op->output, param, param->outputMessageIndex, &out, error ))) return hr;
            /* what goes both ways starts with the value that came in, and is changed in place of the reply */
            if (param->inputMessageIndex != NO_INDEX)
                memcpy( (BYTE *)frame->output + out.offset, frame->parameters[i], min( in.size, out.size ));
            frame->parameters[i] = (BYTE *)frame->output + out.offset;
        }
    }
    return S_OK;
}

HRESULT frame_store_arguments( const struct operation *op, struct call_frame *frame, const void **args, WS_ERROR *error )
{
    struct slot slot;
    HRESULT hr;
    ULONG i;

    for (i = 0; i < op->desc->parameterCount; i++)
    {
        const WS_PARAMETER_DESCRIPTION *param = &op->desc->parameterDescription[i];
        const void *value = args[i];

        /* what comes back is passed by its address; the array of arguments itself is gone when the reply to an
         * asynchronous call arrives */
        if (value && param->outputMessageIndex != NO_INDEX) value = frame->parameters[i] = *(void *const *)value;
        if (!value) return ws_fail( error, E_INVALIDARG, "Argument %u of the call is missing.", i );
        if (param->inputMessageIndex == NO_INDEX) continue;
        if ((hr = slot_find( &op->input, param, param->inputMessageIndex, &slot, error ))) return hr;
        memcpy( (BYTE *)frame->input + slot.offset, value, slot.size );
    }
    return S_OK;
}

HRESULT frame_load_arguments( const struct operation *op, const struct call_frame *frame, WS_ERROR *error )
{
    struct slot slot;
    HRESULT hr;
    ULONG i;

    for (i = 0; i < op->desc->parameterCount; i++)
    {
        const WS_PARAMETER_DESCRIPTION *param = &op->desc->parameterDescription[i];

        if (param->outputMessageIndex == NO_INDEX) continue;
        if ((hr = slot_find( &op->output, param, param->outputMessageIndex, &slot, error ))) return hr;
        memcpy( frame->parameters[i], (const BYTE *)frame->output + slot.offset, slot.size );
    }
    return S_OK;
}
