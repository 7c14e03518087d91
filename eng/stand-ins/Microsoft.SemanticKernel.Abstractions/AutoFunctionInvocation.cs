using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel;

public interface IAutoFunctionInvocationFilter
{
    Task OnAutoFunctionInvocationAsync(AutoFunctionInvocationContext context, Func<AutoFunctionInvocationContext, Task> next);
}

public class AutoFunctionInvocationContext : Microsoft.Extensions.AI.FunctionInvocationContext
{
    private string? _toolCallId;

    public AutoFunctionInvocationContext(
        Kernel kernel, KernelFunction function, FunctionResult result, ChatHistory chatHistory, ChatMessageContent chatMessageContent)
    {
        base.Function = function;
        (Kernel, Function, Result, ChatHistory, ChatMessageContent) = (kernel, function, result, chatHistory, chatMessageContent);
    }

    public CancellationToken CancellationToken { get; init; }

    public new KernelArguments? Arguments
    {
        get => (KernelArguments)base.Arguments;
        init => base.Arguments = value ?? [];
    }

    public int RequestSequenceIndex { get => Iteration; init => Iteration = value; }

    public int FunctionSequenceIndex { get => FunctionCallIndex; init => FunctionCallIndex = value; }

    public string? ToolCallId { get => _toolCallId; init => _toolCallId = value; }

    public ChatMessageContent ChatMessageContent { get; }

    public PromptExecutionSettings? ExecutionSettings { get; init; }

    public ChatHistory ChatHistory { get; }

    public new KernelFunction Function { get; }

    public Kernel Kernel { get; }

    public FunctionResult Result { get; set; }
}

public static class KernelFunctionInvokingChatClientBuilderExtensions
{
    public static ChatClientBuilder UseKernelFunctionInvocation(this ChatClientBuilder builder, ILoggerFactory? loggerFactory = null) =>
        builder.Use((inner, services) => new KernelFunctionInvokingChatClient(inner, loggerFactory, services));
}

internal sealed class KernelFunctionInvokingChatClient(IChatClient inner, ILoggerFactory? loggers, IServiceProvider? services)
    : FunctionInvokingChatClient(inner, loggers, services)
{
    protected override async ValueTask<object?> InvokeFunctionAsync(
        Microsoft.Extensions.AI.FunctionInvocationContext context, CancellationToken cancellationToken)
    {
        if (context.Options is not KernelChatOptions { Kernel: var kernel } options)
        {
            return await base.InvokeFunctionAsync(context, cancellationToken).ConfigureAwait(false);
        }

        var function = (KernelFunction)context.Function;
        var message = new ChatMessageContent(AuthorRole.Assistant, context.Messages.LastOrDefault()?.Text);
        var auto = new AutoFunctionInvocationContext(kernel, function, new FunctionResult(function), [], message)
        {
            Arguments = new KernelArguments(context.Arguments), RequestSequenceIndex = context.Iteration,
            FunctionSequenceIndex = context.FunctionCallIndex, FunctionCount = context.FunctionCount, IsStreaming = context.IsStreaming,
            ToolCallId = context.CallContent.CallId, ExecutionSettings = options.Settings, CancellationToken = cancellationToken,
        };
        await RunAsync(auto, filter: 0).ConfigureAwait(false);
        context.Terminate = auto.Terminate;
        return auto.Result.GetValue<object>();
    }

    private static async Task RunAsync(AutoFunctionInvocationContext context, int filter)
    {
        var filters = context.Kernel.AutoFunctionInvocationFilters;
        if (filter < filters.Count)
        {
            await filters[filter].OnAutoFunctionInvocationAsync(context, next => RunAsync(next, filter + 1)).ConfigureAwait(false);
        }
        else if (!context.Terminate)
        {
            context.Result = await context.Function.InvokeAsync(context.Kernel, context.Arguments, context.CancellationToken)
                .ConfigureAwait(false);
        }
    }
}
