using System.Text.Json;
using Connectors.Databricks.Benchmarks.Service;
using OpenAI.Chat;

namespace Connectors.Databricks.Benchmarks.Contenders;

/// <summary>
/// The official OpenAI package alone. Users of Microsoft.Extensions.AI add an adapter to it, which builds the update objects on top;
/// so this is less work than the other contenders do.
/// </summary>
internal sealed class OpenAIPackageStream(HttpClient http) : IStreamContender
{
    private readonly ChatClient _chat = OpenAIPackageChat.NewClient(http);

    public string Name => "OpenAIPackage";

    public async Task ReadAsync(Tally tally)
    {
        UserChatMessage question = new(Conversations.Question()[0].Text);
        await foreach (var update in _chat.CompleteChatStreamingAsync([question]))
        {
            tally.CountUpdate();
            foreach (var part in update.ContentUpdate)
            {
                tally.AddText(part.Text);
            }

            if (update.Usage is { } usage)
            {
                tally.Finish(update.Model, usage.InputTokenCount, usage.OutputTokenCount);
            }
        }
    }

    /// <returns>Name and arguments of the call, joined as the package's own examples do.</returns>
    public async Task<string> ReadToolCallAsync()
    {
        UserChatMessage question = new(Conversations.Question()[0].Text);
        string? name = null;
        using var arguments = new MemoryStream();
        await foreach (var update in _chat.CompleteChatStreamingAsync([question]))
        {
            foreach (var call in update.ToolCallUpdates)
            {
                name = call.FunctionName ?? name;
                if (call.FunctionArgumentsUpdate is { } piece && !piece.ToMemory().IsEmpty)
                {
                    arguments.Write(piece.ToMemory().Span);
                }
            }
        }

        using var document = JsonDocument.Parse(arguments.ToArray());
        return $"{name} {document.RootElement.GetProperty("sql").GetString()}";
    }
}
