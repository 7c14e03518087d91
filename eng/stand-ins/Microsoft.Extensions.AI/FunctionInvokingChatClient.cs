using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.AI;

public class FunctionInvocationContext
{
    private static readonly AIFunction Nothing = AIFunctionFactory.Create(() => { }, "nothing");

    public AIFunction Function { get; set; } = Nothing;

    public AIFunctionArguments Arguments { get; set; } = [];

    public FunctionCallContent CallContent { get; set; } = new(string.Empty, Nothing.Name, new Dictionary<string, object?>());

    public IList<ChatMessage> Messages { get; set; } = [];

    public ChatOptions? Options { get; set; }

    public int Iteration { get; set; }

    public int FunctionCallIndex { get; set; }

    public int FunctionCount { get; set; }

    public bool Terminate { get; set; }

    public bool IsStreaming { get; set; }
}

/// <summary>The tool loop: ask, run what was called, ask again with the results, until nothing more is called.</summary>
public class FunctionInvokingChatClient(
    IChatClient innerClient, ILoggerFactory? loggerFactory = null, IServiceProvider? functionInvocationServices = null)
    : DelegatingChatClient(innerClient)
{
    // As many as the kernel's client, which is the only one here, allows itself.
    private const int MostIterations = 128;

    protected IServiceProvider? FunctionInvocationServices { get; } = functionInvocationServices;

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        List<ChatMessage> conversation = [.. messages];
        List<ChatMessage> answered = [];
        UsageDetails? usage = null;
        for (var iteration = 0; ; iteration++)
        {
            var response = await base.GetResponseAsync(conversation, options, cancellationToken).ConfigureAwait(false);
            answered.AddRange(response.Messages);
            if (response.Usage is not null)
            {
                (usage ??= new()).Add(response.Usage);
            }

            conversation.AddRange(response.Messages);
            var results = await RunAsync(response.Messages, conversation, options, iteration, false, cancellationToken).ConfigureAwait(false);
            if (results.Message is not null)
            {
                answered.Add(results.Message);
                conversation.Add(results.Message);
            }

            if (results.IsOver)
            {
                response.Messages = answered;
                response.Usage = usage;
                return response;
            }

            options = WithoutRequirement(options);
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        List<ChatMessage> conversation = [.. messages];
        for (var iteration = 0; ; iteration++)
        {
            List<ChatResponseUpdate> updates = [];
            await foreach (var update in base.GetStreamingResponseAsync(conversation, options, cancellationToken).ConfigureAwait(false))
            {
                updates.Add(update);
                yield return update;
            }

            var answer = updates.ToChatResponse().Messages;
            conversation.AddRange(answer);
            var results = await RunAsync(answer, conversation, options, iteration, true, cancellationToken).ConfigureAwait(false);
            if (results.Message is { } message)
            {
                conversation.Add(message);
                yield return new ChatResponseUpdate(ChatRole.Tool, message.Contents) { MessageId = $"results-{iteration}" };
            }

            if (results.IsOver)
            {
                yield break;
            }

            options = WithoutRequirement(options);
        }
    }

    protected virtual ValueTask<object?> InvokeFunctionAsync(FunctionInvocationContext context, CancellationToken cancellationToken) =>
        context.Function.InvokeAsync(context.Arguments, cancellationToken);

    private async Task<(ChatMessage? Message, bool IsOver)> RunAsync(
        IList<ChatMessage> answer, List<ChatMessage> conversation, ChatOptions? options, int iteration, bool isStreaming, CancellationToken token)
    {
        _ = loggerFactory;
        var calls = answer.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Where(call => !call.InformationalOnly).ToList();
        if (calls.Count == 0 || iteration >= MostIterations)
        {
            return (null, true);
        }

        List<AIContent> results = [];
        for (var i = 0; i < calls.Count; i++)
        {
            var function = options?.Tools?.OfType<AIFunction>().FirstOrDefault(tool => tool.Name == calls[i].Name);
            if (function is null)
            {
                results.Add(new FunctionResultContent(calls[i].CallId, $"Error: Requested function \"{calls[i].Name}\" not found."));
                continue;
            }

            var context = new FunctionInvocationContext
            {
                Function = function, CallContent = calls[i], Messages = conversation, Options = options, Iteration = iteration,
                Arguments = new AIFunctionArguments(calls[i].Arguments) { Services = FunctionInvocationServices },
                FunctionCallIndex = i, FunctionCount = calls.Count, IsStreaming = isStreaming,
            };
            try
            {
                results.Add(new FunctionResultContent(calls[i].CallId, await InvokeFunctionAsync(context, token).ConfigureAwait(false)));
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                results.Add(new FunctionResultContent(calls[i].CallId, "Error: Function failed.") { Exception = exception });
            }

            if (context.Terminate)
            {
                return (new ChatMessage(ChatRole.Tool, results), true);
            }
        }

        return (new ChatMessage(ChatRole.Tool, results), false);
    }

    // Required in every round it would never end.
    private static ChatOptions? WithoutRequirement(ChatOptions? options)
    {
        if (options?.ToolMode is RequiredChatToolMode)
        {
            options = options.Clone();
            options.ToolMode = null;
        }

        return options;
    }
}
