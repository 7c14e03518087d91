using Connectors.Databricks.Comparison.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Next = System.Func<Microsoft.SemanticKernel.AutoFunctionInvocationContext, System.Threading.Tasks.Task>;

namespace Connectors.Databricks.Comparison.Tests.Cases;

/// <summary>Filters of automatic function invocations.</summary>
public class AutomaticFilterTests
{
    private static readonly Reply TwoCalls = Reply.Calls(Call.Weather(), Call.Count());

    private static readonly Reply TwoStreamedCalls = Reply.StreamedCalls(Call.Weather(), Call.Count());

    [Fact]
    public Task A_filter_sees_the_same_context()
    {
        var contexts = new List<object>();
        return SideBySide.RunAsync(
            [TwoCalls, Reply.Text("Done.")], Recording(contexts), app => ReturnAsync(contexts, Ask.NonStreaming(Ask.Auto), app));
    }

    [Fact]
    public Task A_filter_sees_the_same_context_in_a_stream()
    {
        var contexts = new List<object>();
        return SideBySide.RunAsync(
            [TwoStreamedCalls, Reply.Streamed("Done.")],
            Recording(contexts),
            app => ReturnAsync(contexts, Ask.Streaming(Ask.Auto), app),
            AcceptedDifferences.StreamedCallMessage);
    }

    [Fact]
    public Task A_filter_that_terminates_ends_the_turn_with_the_result() => SideBySide.RunAsync(
        [TwoCalls], Filter(TerminateAsync), Ask.NonStreaming(Ask.Auto));

    [Fact]
    public Task A_filter_that_terminates_ends_the_stream_with_the_result() => SideBySide.RunAsync(
        [TwoStreamedCalls], Filter(TerminateAsync), Ask.Streaming(Ask.Auto), AcceptedDifferences.StreamedCallMessage);

    [Fact]
    public Task A_history_that_a_filter_ended_continues() => SideBySide.RunAsync(
        [Reply.Calls(Call.Weather()), Reply.Text("Yes.")],
        Filter(TerminateAsync),
        async app =>
        {
            ChatHistory history = [new(AuthorRole.User, "Weather?")];
            await app.Chat.GetChatMessageContentAsync(history, Ask.Auto, app.Kernel);
            history.AddUserMessage("Really?");
            return await Ask.NonStreamingAsync(app, history, Ask.Auto);
        });

    [Fact]
    public Task A_filter_that_terminates_first_skips_the_function() => SideBySide.RunAsync(
        [TwoCalls],
        Filter((context, next) =>
        {
            context.Terminate = true;
            return next(context);
        }),
        Ask.NonStreaming(Ask.Auto));

    [Fact]
    public Task A_filter_that_terminates_one_of_concurrent_calls_keeps_all_results() => SideBySide.RunAsync(
        [TwoCalls],
        Filter(async (context, next) =>
        {
            await next(context);
            context.Terminate = context.FunctionSequenceIndex == 0;
        }),
        Ask.NonStreaming(Ask.AutoWith(new() { AllowConcurrentInvocation = true })));

    [Fact]
    public Task A_filter_may_replace_arguments_and_result() => SideBySide.RunAsync(
        [Reply.Calls(Call.Weather()), Reply.Text("Rainy.")],
        Filter(async (context, next) =>
        {
            context.Arguments!["city"] = "Ulm";
            await next(context);
            context.Result = new FunctionResult(context.Result, $"{context.Result}, then rain");
        }),
        Ask.NonStreaming(Ask.Auto),
        AcceptedDifferences.ChangedArguments);

    [Fact]
    public Task A_filter_that_skips_the_function_sends_an_empty_result() => SideBySide.RunAsync(
        [Reply.Calls(Call.Weather()), Reply.Text("No idea.")],
        Filter((_, _) => Task.CompletedTask),
        Ask.NonStreaming(Ask.Auto),
        AcceptedDifferences.EmptyResult);

    [Fact]
    public Task A_filter_exception_is_reported_to_the_model() => SideBySide.RunAsync(
        [Reply.Calls(Call.Weather()), Reply.Text("No idea.")],
        Filter((_, _) => throw new InvalidOperationException("Not today.")),
        Ask.NonStreaming(Ask.Auto));

    [Fact]
    public Task Filters_run_in_the_order_of_their_registration()
    {
        var steps = new List<string>();
        return SideBySide.RunAsync(
            [Reply.Calls(Call.Weather()), Reply.Text("Sunny.")],
            Logging("first", steps) + Logging("second", steps),
            app => ReturnAsync(steps, Ask.NonStreaming(Ask.Auto), app));
    }

    private static async Task TerminateAsync(AutoFunctionInvocationContext context, Next next)
    {
        await next(context);
        context.Terminate = true;
    }

    private static Action<IKernelBuilder> Recording(List<object> contexts) => Filter(async (context, next) =>
    {
        await next(context);
        contexts.Add(new
        {
            Function = $"{context.Function.PluginName}.{context.Function.Name}",
            Indices = new[] { context.RequestSequenceIndex, context.FunctionSequenceIndex, context.FunctionCount },
            context.IsStreaming,
            context.ToolCallId,
            context.Arguments,
            Result = context.Result.ToString(),
            HistoryCount = context.ChatHistory.Count,
            Calls = FunctionCallContent.GetFunctionCalls(context.ChatMessageContent).Select(Snapshot.Item).ToArray(),
            Behavior = context.ExecutionSettings?.FunctionChoiceBehavior?.GetType().Name,
        });
    });

    private static Action<IKernelBuilder> Logging(string name, List<string> steps) => Filter(async (context, next) =>
    {
        steps.Add($"{name} before {context.Function.Name}");
        await next(context);
        steps.Add($"{name} after {context.Function.Name}");
    });

    /// <summary>Runs the program for one connector and returns what was recorded on the way.</summary>
    private static async Task<object?> ReturnAsync<T>(List<T> recorded, Func<App, Task<object?>> program, App app)
    {
        recorded.Clear();
        var result = await program(app);
        return new { Recorded = recorded.ToArray(), Result = result };
    }

    private static Action<IKernelBuilder> Filter(Func<AutoFunctionInvocationContext, Next, Task> act) =>
        builder => builder.Services.AddSingleton<IAutoFunctionInvocationFilter>(new AutomaticFilter(act));

    private sealed class AutomaticFilter(Func<AutoFunctionInvocationContext, Next, Task> act) : IAutoFunctionInvocationFilter
    {
        public Task OnAutoFunctionInvocationAsync(AutoFunctionInvocationContext context, Next next) => act(context, next);
    }
}
