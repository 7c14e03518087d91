using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.SemanticKernel.Functions;

/// <summary>
/// Runs the calls of one response and adds the results to the history, one message each: with filters, concurrency and termination as
/// Semantic Kernel's OpenAI connector has them (docs/decisions/0016 explains why this is not a delegating client).
/// </summary>
internal sealed class FunctionCalls(
    Kernel kernel, ChatHistory history, PromptExecutionSettings? settings, int requestIndex, bool isStreaming)
{
    /// <summary>A prompt function that may call itself would go on for ever: this many calls inside each other end it.</summary>
    private const int DeepestCall = 128;

    private static readonly AsyncLocal<int> Depth = new();

    public static bool MayRun => Depth.Value < DeepestCall;

    /// <returns>The last message when a filter ended the turn; else <see langword="null"/>, and the model is to be called again.</returns>
    public async Task<ChatMessageContent?> RunAsync(ChatMessageContent answer, FunctionOffer offer, CancellationToken cancellationToken)
    {
        history.Add(answer);
        var calls = FunctionCallContent.GetFunctionCalls(answer).ToArray();
        var running = new List<Task<Outcome>>(calls.Length);
        for (var i = 0; i < calls.Length; i++)
        {
            var outcome = RunAsync(answer, calls, i, offer, cancellationToken);
            if (offer.RunsConcurrently)
            {
                running.Add(outcome);
            }
            else if (Add(await outcome.ConfigureAwait(false)))
            {
                return history[^1];
            }
        }

        var isTerminated = false;
        foreach (var outcome in await Task.WhenAll(running).ConfigureAwait(false))
        {
            isTerminated |= Add(outcome);
        }

        return isTerminated ? history[^1] : null;
    }

    /// <returns>Whether the turn ends here.</returns>
    private bool Add(Outcome outcome)
    {
        history.Add(new ChatMessageContent(
            AuthorRole.Tool,
            [
                .. outcome is { Result: string text, IsException: false } ? (KernelContent[])[new TextContent(text)] : [],
                new FunctionResultContent(outcome.Call, outcome.Result),
            ]));
        return outcome.Terminates;
    }

    private async Task<Outcome> RunAsync(
        ChatMessageContent answer, FunctionCallContent[] calls, int index, FunctionOffer offer, CancellationToken cancellationToken)
    {
        var call = calls[index];
        if (Refusal(call, offer, out var function) is { } refusal)
        {
            return new Outcome(call, refusal, Terminates: false);
        }

        var context = new AutoFunctionInvocationContext(
            kernel, function!, new FunctionResult(function!, culture: kernel.Culture), history, answer)
        {
            Arguments = call.Arguments,
            RequestSequenceIndex = requestIndex,
            FunctionSequenceIndex = index,
            FunctionCount = calls.Length,
            CancellationToken = cancellationToken,
            IsStreaming = isStreaming,
            ToolCallId = call.Id,
            ExecutionSettings = settings,
        };
        Depth.Value++;
        try
        {
            await RunFiltersAsync(context, filter: 0).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // The model reads what went wrong, and may try something else.
            return new Outcome(call, FunctionResultText.Of(exception), context.Terminate, IsException: true);
        }

        object? result = context.Result.GetValue<object>() switch
        {
            null => string.Empty,
            ImageContent image => image,
            { } value => FunctionResultText.Of(value, call.PluginName, call.FunctionName),
        };
        return new Outcome(call, result, context.Terminate);
    }

    private string? Refusal(FunctionCallContent call, FunctionOffer offer, out KernelFunction? function)
    {
        function = null;
        return
            call.Exception is { } exception ? $"Error: Function call processing failed. Correct yourself. {exception.Message}" :
            !offer.Naming.Offered.ContainsKey(Contents.FunctionNames.Join(call.PluginName, call.FunctionName))
                ? "Error: Function call request for a function that wasn't defined. Correct yourself." :
            !kernel.Plugins.TryGetFunction(call.PluginName, call.FunctionName, out function)
                ? "Error: Requested function could not be found. Correct yourself." :
            null;
    }

    private async Task RunFiltersAsync(AutoFunctionInvocationContext context, int filter)
    {
        var filters = kernel.AutoFunctionInvocationFilters;
        if (filter < filters.Count)
        {
            await filters[filter].OnAutoFunctionInvocationAsync(context, next => RunFiltersAsync(next, filter + 1)).ConfigureAwait(false);
        }
        else if (!context.Terminate)
        {
            // Without the settings of the turn: they are not those of a prompt that the function may hold.
            context.Result = await context.Function.InvokeAsync(kernel, context.Arguments, context.CancellationToken).ConfigureAwait(false);
        }
    }

    // As in the history of the OpenAI connector, the text of an exception is no content of the message.
    private readonly record struct Outcome(FunctionCallContent Call, object? Result, bool Terminates, bool IsException = false);
}
