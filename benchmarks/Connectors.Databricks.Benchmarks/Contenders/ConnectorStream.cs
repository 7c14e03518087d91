using Connectors.Databricks.Benchmarks.Service;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Benchmarks.Contenders;

/// <summary>The product, with every default: retries, time-outs, error recognition and all dialects included.</summary>
internal sealed class ConnectorStream(HttpClient http) : IStreamContender
{
    private readonly IChatClient _chat = ConnectorChat.NewClient(http);

    public string Name => "Connector";

    public async Task ReadAsync(Tally tally)
    {
        await foreach (var update in _chat.GetStreamingResponseAsync(Conversations.Question()))
        {
            tally.Add(update);
        }
    }
}
