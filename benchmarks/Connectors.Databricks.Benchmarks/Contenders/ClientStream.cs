using Connectors.Databricks.Benchmarks.Service;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Benchmarks.Contenders;

/// <summary>A stream of an <see cref="IChatClient"/>.</summary>
internal sealed class ClientStream(string name, IChatClient chat) : IStreamContender
{
    public string Name => name;

    public async Task ReadAsync(Totals totals)
    {
        await foreach (var update in chat.GetStreamingResponseAsync(Conversations.Question()))
        {
            totals.Add(update);
        }
    }

    /// <returns>Name and arguments of the call.</returns>
    public async Task<string> ReadToolCallAsync()
    {
        FunctionCallContent? call = null;
        await foreach (var update in chat.GetStreamingResponseAsync(Conversations.Question()))
        {
            for (var i = 0; i < update.Contents.Count; i++)
            {
                call = update.Contents[i] as FunctionCallContent ?? call;
            }
        }

        return FloorToolCall.Text(call!);
    }
}
