using Connectors.Databricks.Benchmarks.Service;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Benchmarks.Contenders;

/// <summary>The product, with every default: retries, time-outs, error recognition and all dialects included.</summary>
internal sealed class ConnectorStream(HttpClient? http, Uri host, string endpointName = ConnectorChat.EndpointName) : IStreamContender
{
    private readonly IChatClient _chat = ConnectorChat.NewServing(http, host).GetChatClient(endpointName);

    public string Name => "Connector";

    public async Task ReadAsync(Tally tally)
    {
        await foreach (var update in _chat.GetStreamingResponseAsync(Conversations.Question()))
        {
            tally.Add(update);
        }
    }

    /// <returns>Name and arguments of the call.</returns>
    public async Task<string> ReadToolCallAsync()
    {
        FunctionCallContent? call = null;
        await foreach (var update in _chat.GetStreamingResponseAsync(Conversations.Question()))
        {
            for (var i = 0; i < update.Contents.Count; i++)
            {
                call = update.Contents[i] as FunctionCallContent ?? call;
            }
        }

        return FloorToolCall.Text(call!);
    }
}
