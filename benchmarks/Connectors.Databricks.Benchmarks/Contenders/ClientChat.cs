using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Benchmarks.Contenders;

/// <summary>A chat call of an <see cref="IChatClient"/>.</summary>
internal sealed class ClientChat(string name, IChatClient chat, List<ChatMessage> messages, ChatOptions? options) : IChatContender
{
    public string Name => name;

    public async Task<ChatOutcome> CallAsync() => Outcome(await chat.GetResponseAsync(messages, options));

    public static ChatOutcome Outcome(ChatResponse response) => new(
        response.Text, response.ModelId!, response.FinishReason!.Value.Value, response.Usage!.InputTokenCount,
        response.Usage.OutputTokenCount);
}
