using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Responses.StreamLaws;

/// <summary>A client of the Responses API for the laws of a stream.</summary>
internal static class ResponsesLaws
{
    public static IChatClient Chat(VerbatimService service, Action<DatabricksServingOptions>? configure = null) =>
        service.Client(configure).GetChatClient(
            VerbatimService.EndpointName, new DatabricksChatOptions { Api = DatabricksChatApi.Responses });

    public static Task<List<ChatResponseUpdate>> Reads(params string[] data) =>
        Exchange.Collect(Chat(new VerbatimService().Streams(Exchange.Events(data))));
}
