using Connectors.Databricks.Comparison.Tests.Harness;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Connectors.OpenAI;

namespace Connectors.Databricks.Comparison.Tests.Cases;

public class FunctionChoiceTests
{
    [Fact]
    public Task A_required_function_is_offered_in_the_first_request_only() => SideBySide.RunAsync(
        [Reply.Calls(Call.Weather()), Reply.Text("Sunny.")],
        app => Ask.NonStreaming(new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Required([Weather(app)]) })(app),
        AcceptedDifferences.Placeholder);

    [Fact]
    public Task Any_function_can_be_required_and_left_to_the_app() => SideBySide.RunAsync(
        [Reply.Calls(Call.Weather())],
        Ask.NonStreaming(new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Required(autoInvoke: false) }));

    [Fact]
    public Task Functions_can_be_described_without_being_called() => SideBySide.RunAsync(
        [Reply.Text("I would call Weather.")],
        Ask.NonStreaming(new() { FunctionChoiceBehavior = FunctionChoiceBehavior.None() }));

    [Fact]
    public Task Auto_offers_the_functions_that_the_app_names() => SideBySide.RunAsync(
        [Reply.Calls(Call.Weather()), Reply.Text("Sunny.")],
        app => Ask.NonStreaming(new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto([Weather(app)]) })(app));

    [Fact]
    public Task Auto_with_an_empty_list_offers_no_functions() => SideBySide.RunAsync(
        [Reply.Text("Hello.")],
        Ask.NonStreaming(new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto([]) }),
        AcceptedDifferences.Placeholder);

    [Fact]
    public Task Without_a_behavior_no_functions_are_offered() => SideBySide.RunAsync([Reply.Text("Hello.")], Ask.NonStreaming());

    [Fact]
    public Task ToolCallBehavior_for_automatic_invocation_is_understood() => SideBySide.RunAsync(
        [Reply.Calls(Call.Weather()), Reply.Text("Sunny.")],
        Ask.NonStreaming(new OpenAIPromptExecutionSettings { ToolCallBehavior = ToolCallBehavior.AutoInvokeKernelFunctions }));

    [Fact]
    public Task ToolCallBehavior_for_manual_invocation_is_understood() => SideBySide.RunAsync(
        [Reply.Calls(Call.Weather())],
        Ask.NonStreaming(new OpenAIPromptExecutionSettings { ToolCallBehavior = ToolCallBehavior.EnableKernelFunctions }));

    [Fact]
    public Task ToolCallBehavior_for_some_functions_is_understood() => SideBySide.RunAsync(
        [Reply.Calls(Call.Weather()), Reply.Text("Sunny.")],
        app => Ask.NonStreaming(new OpenAIPromptExecutionSettings
        {
            ToolCallBehavior = ToolCallBehavior.EnableFunctions([Weather(app).Metadata.ToOpenAIFunction()], autoInvoke: true),
        })(app));

    [Fact]
    public Task ToolCallBehavior_for_one_function_is_understood() => SideBySide.RunAsync(
        [Reply.Calls(Call.Weather()), Reply.Text("Sunny.")],
        app => Ask.NonStreaming(new OpenAIPromptExecutionSettings
        {
            ToolCallBehavior = ToolCallBehavior.RequireFunction(Weather(app).Metadata.ToOpenAIFunction(), autoInvoke: true),
        })(app),
        AcceptedDifferences.RequiredFunction, AcceptedDifferences.Placeholder);

    [Fact]
    public Task Automatic_invocation_without_a_kernel_is_refused_the_same_way() => SideBySide.RunAsync(
        [Reply.Text("Hello.")],
        async app =>
        {
            var thrown = await Record.ExceptionAsync(() => app.Chat.GetChatMessageContentsAsync("Well?", Ask.Auto));
            await Ask.NonStreaming()(app);
            return new { Type = thrown?.GetType().Name, thrown?.Message };
        });

    [Fact]
    public Task Without_automatic_invocation_the_app_invokes_calls_and_continues() => SideBySide.RunAsync(
        [Reply.Calls(Call.Weather(), Call.Count()), Reply.Text("Sunny.")],
        async app =>
        {
            ChatHistory history = [new(AuthorRole.User, "Weather?")];
            history.Add(await app.Chat.GetChatMessageContentAsync(history, Ask.Manual, app.Kernel));
            foreach (var call in FunctionCallContent.GetFunctionCalls(history[^1]).ToList())
            {
                history.Add((await call.InvokeAsync(app.Kernel)).ToChatMessage());
            }

            return await Ask.NonStreamingAsync(app, history, Ask.Manual);
        });

    [Fact]
    public Task An_exception_as_the_result_of_a_call_reaches_the_model() => SideBySide.RunAsync(
        [Reply.Calls(new Call("City-Fail")), Reply.Text("Sorry.")],
        async app =>
        {
            ChatHistory history = [new(AuthorRole.User, "Cross the bridge.")];
            history.Add(await app.Chat.GetChatMessageContentAsync(history, Ask.Manual, app.Kernel));
            var call = FunctionCallContent.GetFunctionCalls(history[^1]).Single();
            var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => call.InvokeAsync(app.Kernel));
            history.Add(new FunctionResultContent(call, exception).ToChatMessage());
            return (await app.Chat.GetChatMessageContentAsync(history, Ask.Manual, app.Kernel)).Content;
        });

    [Fact]
    public Task Simulated_calls_and_results_are_sent_the_same_way()
    {
        var arguments = new KernelArguments { ["city"] = "Bonn", ["days"] = 3, ["tags"] = new[] { "a" } };
        return SideBySide.RunAsync(
            [Reply.Text("Sunny.")],
            app => Ask.NonStreamingAsync(
                app,
                [
                    new(AuthorRole.User, "Weather?"),
                    new(AuthorRole.Assistant, [new FunctionCallContent("Weather", "City", "made-up", arguments)]),
                    new(AuthorRole.Tool, [new FunctionResultContent("Weather", "City", "made-up", new Street("Mill Lane", ["x"]))]),
                ],
                Ask.Auto));
    }

    private static KernelFunction Weather(App app) => app.Kernel.Plugins.GetFunction("City", "Weather");
}
