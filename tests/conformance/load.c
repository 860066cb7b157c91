/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The module as a file: that it loads, and exports the names that the native one does. */
#include "test.h"

static const char *const exports[] =
{
    "WsAbandonCall", "WsAbandonMessage", "WsAbortChannel", "WsAbortListener", "WsAbortServiceHost",
    "WsAbortServiceProxy", "WsAcceptChannel", "WsAddCustomHeader", "WsAddErrorString", "WsAddMappedHeader",
    "WsAddressMessage", "WsAlloc", "WsAsyncExecute", "WsCall", "WsCheckMustUnderstandHeaders", "WsCloseChannel",
    "WsCloseListener", "WsCloseServiceHost", "WsCloseServiceProxy", "WsCombineUrl", "WsCopyError", "WsCopyNode",
    "WsCreateChannel", "WsCreateChannelForListener", "WsCreateError", "WsCreateFaultFromError", "WsCreateHeap",
    "WsCreateListener", "WsCreateMessage", "WsCreateMessageForChannel", "WsCreateMetadata", "WsCreateReader",
    "WsCreateServiceEndpointFromTemplate", "WsCreateServiceHost", "WsCreateServiceProxy",
    "WsCreateServiceProxyFromTemplate", "WsCreateWriter", "WsCreateXmlBuffer", "WsCreateXmlSecurityToken",
    "WsDateTimeToFileTime", "WsDecodeUrl", "WsEncodeUrl", "WsEndReaderCanonicalization",
    "WsEndWriterCanonicalization", "WsFileTimeToDateTime", "WsFillBody", "WsFillReader", "WsFindAttribute",
    "WsFlushBody", "WsFlushWriter", "WsFreeChannel", "WsFreeError", "WsFreeHeap", "WsFreeListener", "WsFreeMessage",
    "WsFreeMetadata", "WsFreeReader", "WsFreeSecurityToken", "WsFreeServiceHost", "WsFreeServiceProxy",
    "WsFreeWriter", "WsGetChannelProperty", "WsGetCustomHeader", "WsGetDictionary", "WsGetErrorProperty",
    "WsGetErrorString", "WsGetFaultErrorDetail", "WsGetFaultErrorProperty", "WsGetHeader", "WsGetHeaderAttributes",
    "WsGetHeapProperty", "WsGetListenerProperty", "WsGetMappedHeader", "WsGetMessageProperty",
    "WsGetMetadataEndpoints", "WsGetMetadataProperty", "WsGetMissingMetadataDocumentAddress",
    "WsGetNamespaceFromPrefix", "WsGetOperationContextProperty", "WsGetPolicyAlternativeCount", "WsGetPolicyProperty",
    "WsGetPrefixFromNamespace", "WsGetReaderNode", "WsGetReaderPosition", "WsGetReaderProperty",
    "WsGetSecurityContextProperty", "WsGetSecurityTokenProperty", "WsGetServiceHostProperty",
    "WsGetServiceProxyProperty", "WsGetWriterPosition", "WsGetWriterProperty", "WsGetXmlAttribute",
    "WsInitializeMessage", "WsMarkHeaderAsUnderstood", "WsMatchPolicyAlternative", "WsMoveReader", "WsMoveWriter",
    "WsOpenChannel", "WsOpenListener", "WsOpenServiceHost", "WsOpenServiceProxy", "WsPullBytes", "WsPushBytes",
    "WsReadArray", "WsReadAttribute", "WsReadBody", "WsReadBytes", "WsReadChars", "WsReadCharsUtf8", "WsReadElement",
    "WsReadEndAttribute", "WsReadEndElement", "WsReadEndpointAddressExtension", "WsReadEnvelopeEnd",
    "WsReadEnvelopeStart", "WsReadMessageEnd", "WsReadMessageStart", "WsReadMetadata", "WsReadNode",
    "WsReadQualifiedName", "WsReadStartAttribute", "WsReadStartElement", "WsReadToStartElement", "WsReadType",
    "WsReadValue", "WsReadXmlBuffer", "WsReadXmlBufferFromBytes", "WsReceiveMessage", "WsRegisterOperationForCancel",
    "WsRemoveCustomHeader", "WsRemoveHeader", "WsRemoveMappedHeader", "WsRemoveNode", "WsRequestReply",
    "WsRequestSecurityToken", "WsResetChannel", "WsResetError", "WsResetHeap", "WsResetListener", "WsResetMessage",
    "WsResetMetadata", "WsResetServiceHost", "WsResetServiceProxy", "WsRevokeSecurityContext",
    "WsSendFaultMessageForError", "WsSendMessage", "WsSendReplyMessage", "WsSetChannelProperty", "WsSetErrorProperty",
    "WsSetFaultErrorDetail", "WsSetFaultErrorProperty", "WsSetHeader", "WsSetInput", "WsSetInputToBuffer",
    "WsSetListenerProperty", "WsSetMessageProperty", "WsSetOutput", "WsSetOutputToBuffer", "WsSetReaderPosition",
    "WsSetWriterPosition", "WsShutdownSessionChannel", "WsSkipNode", "WsStartReaderCanonicalization",
    "WsStartWriterCanonicalization", "WsTrimXmlWhitespace", "WsVerifyXmlNCName", "WsWriteArray", "WsWriteAttribute",
    "WsWriteBody", "WsWriteBytes", "WsWriteChars", "WsWriteCharsUtf8", "WsWriteElement", "WsWriteEndAttribute",
    "WsWriteEndCData", "WsWriteEndElement", "WsWriteEndStartElement", "WsWriteEnvelopeEnd", "WsWriteEnvelopeStart",
    "WsWriteMessageEnd", "WsWriteMessageStart", "WsWriteNode", "WsWriteQualifiedName", "WsWriteStartAttribute",
    "WsWriteStartCData", "WsWriteStartElement", "WsWriteText", "WsWriteType", "WsWriteValue", "WsWriteXmlBuffer",
    "WsWriteXmlBufferToBytes", "WsWriteXmlnsAttribute", "WsXmlStringEquals",
};

static void test_exports( void )
{
    HMODULE module = LoadLibraryA( "webservices.dll" );
    SIZE_T i;

    if (!ok( module != NULL, "webservices.dll is not loaded, error %lu\n", GetLastError() )) return;
    for (i = 0; i < sizeof(exports) / sizeof(exports[0]); i++)
        ok( GetProcAddress( module, exports[i] ) != NULL, "%s is not exported\n", exports[i] );
    ok( !GetProcAddress( module, "WsNoSuchFunction" ), "a name that does not exist is exported\n" );
    FreeLibrary( module );
}

static void test_reload( void )
{
    HMODULE module;
    int i;

    for (i = 0; i < 3; i++)
    {
        module = LoadLibraryA( "webservices.dll" );
        ok( module != NULL, "load %d: error %lu\n", i, GetLastError() );
        ok( FreeLibrary( module ), "free %d: error %lu\n", i, GetLastError() );
    }
}

TESTS( load, { "exports", test_exports }, { "reload", test_reload } )
