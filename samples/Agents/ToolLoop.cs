using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Agents;

/// <summary>
/// An agent is a loop: ask the model, run the tools it calls, ask again with their results, until it calls none. With the package
/// Microsoft.Extensions.AI this class is one line: <c>chat.AsBuilder().UseFunctionInvocation().Build()</c>.
/// </summary>
internal sealed class ToolLoop(IChatClient inner) : DelegatingChatClient(inner)
{
    private const int MostRounds = 10;

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        List<ChatMessage> conversation = [.. messages];
        for (var round = 1; round <= MostRounds; round++)
        {
            List<ChatResponseUpdate> updates = [];
            await foreach (var update in base.GetStreamingResponseAsync(conversation, options, cancellationToken))
            {
                updates.Add(update);
                yield return update;
            }

            // The whole turn goes back, with the reasoning in it: some models insist on seeing it again.
            conversation.AddRange(updates.ToChatResponse().Messages);
            List<FunctionCallContent> calls = [.. updates.SelectMany(update => update.Contents).OfType<FunctionCallContent>()
                .Where(call => !call.InformationalOnly)];
            if (calls.Count == 0)
            {
                yield break;
            }

            var results = await Task.WhenAll(calls.Select(call => InvokeAsync(call, options, cancellationToken)));
            conversation.Add(new ChatMessage(ChatRole.Tool, [.. results]));
            yield return new ChatResponseUpdate(ChatRole.Tool, [.. results]) { MessageId = $"results-{round}" };
            options = WithoutRequiredTool(options);
        }

        throw new InvalidOperationException($"The model still calls tools after {MostRounds} rounds.");
    }

    private static async Task<FunctionResultContent> InvokeAsync(
        FunctionCallContent call, ChatOptions? options, CancellationToken cancellationToken)
    {
        try
        {
            // Arguments that were no JSON come as call.Exception.
            var function = call.Exception is { } unreadable
                ? throw unreadable
                : options?.Tools?.OfType<AIFunction>().FirstOrDefault(tool => tool.Name == call.Name)
                    ?? throw new KeyNotFoundException($"There is no tool '{call.Name}'.");
            var result = await function.InvokeAsync(new AIFunctionArguments(call.Arguments), cancellationToken);
            return new FunctionResultContent(call.CallId, result);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The model reads what went wrong, and may do better.
            return new FunctionResultContent(call.CallId, result: null) { Exception = exception };
        }
    }

    // A tool that must be called in every round is a loop without end.
    private static ChatOptions? WithoutRequiredTool(ChatOptions? options)
    {
        if (options?.ToolMode is not RequiredChatToolMode)
        {
            return options;
        }

        var relaxed = options.Clone();
        relaxed.ToolMode = null;
        return relaxed;
    }
}
