using Connectors.Databricks.Comparison.Tests.Harness;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.Comparison.Tests.Cases;

/// <summary>What becomes of the results of calls.</summary>
public class FunctionResultTests
{
    [Fact]
    public Task A_called_function_runs_and_its_result_reaches_the_model() => SideBySide.RunAsync(
        [Reply.Calls(Call.Weather()), Reply.Text("Sunny.")], Ask.NonStreaming(Ask.Auto));

    [Fact]
    public Task Calls_of_one_answer_run_in_order_and_each_result_reaches_the_model() => SideBySide.RunAsync(
        [Reply.Calls(Call.Weather(), Call.Count()), Reply.Text("Sunny for three.")], Ask.NonStreaming(Ask.Auto));

    [Fact]
    public Task Calls_of_three_turns_with_the_same_id_each_get_their_result() => SideBySide.RunAsync(
        [Reply.Calls(Call.Weather("Bonn")), Reply.Calls(Call.Weather("Ulm")), Reply.Calls(Call.Count(2, "call_0")), Reply.Text("Done.")],
        Ask.NonStreaming(Ask.Auto));

    [Fact]
    public Task Results_of_every_type_reach_the_model_as_the_same_text() => SideBySide.RunAsync(
        [
            Reply.Calls(
                new("Results-Number", Id: "a"), new("Results-Nothing", Id: "b"), new("Results-Record", Id: "c"),
                new("Results-Empty", Id: "d"), new("Results-Message", Id: "e"), new("Results-Date", Id: "f")),
            Reply.Text("Done."),
        ],
        builder => builder.Plugins.AddFromFunctions("Results",
        [
            KernelFunctionFactory.CreateFromMethod(() => 1.5, "Number"),
            KernelFunctionFactory.CreateFromMethod(() => { }, "Nothing"),
            KernelFunctionFactory.CreateFromMethod(() => new Street("Ümlaut <b>", ["x"]), "Record"),
            KernelFunctionFactory.CreateFromMethod(() => "", "Empty"),
            KernelFunctionFactory.CreateFromMethod(() => new ChatMessageContent(AuthorRole.Assistant, "Inner"), "Message"),
            KernelFunctionFactory.CreateFromMethod(() => new DateTime(2026, 11, 29, 0, 0, 0, DateTimeKind.Utc), "Date"),
        ]),
        Ask.NonStreaming(Ask.Auto),
        AcceptedDifferences.EmptyResult);

    [Fact]
    public Task A_function_exception_is_reported_to_the_model() => SideBySide.RunAsync(
        [Reply.Calls(new Call("City-Fail")), Reply.Text("Sorry.")], Ask.NonStreaming(Ask.Auto));

    [Fact]
    public Task A_result_that_cannot_be_serialized_is_reported() => SideBySide.RunAsync(
        [Reply.Calls(new Call("Loop-Get")), Reply.Text("Sorry.")],
        builder => builder.Plugins.AddFromFunctions("Loop", [KernelFunctionFactory.CreateFromMethod(Loop, "Get")]),
        async app =>
        {
            var thrown = await Record.ExceptionAsync(() => Ask.NonStreaming(Ask.Auto)(app));
            if (thrown is not null)
            {
                await Ask.NonStreaming(Ask.Auto)(app);
            }

            return new { Type = thrown?.GetType().Name };
        },
        AcceptedDifferences.UnserializableResult);

    [Fact]
    public Task Concurrent_calls_add_their_results_in_the_order_of_the_calls() => SideBySide.RunAsync(
        [Reply.Calls(Call.Weather("Bonn", "x"), Call.Count(4, "y"), Call.Weather("Ulm", "z")), Reply.Text("Done.")],
        Ask.NonStreaming(Ask.AutoWith(new() { AllowConcurrentInvocation = true, AllowParallelCalls = true })));

    [Fact]
    public Task Invocation_ends_after_128_requests() => SideBySide.RunAsync(
        [.. Enumerable.Repeat(Reply.Calls(Call.Weather()), 129)], Ask.NonStreaming(Ask.Auto));

    private static Dictionary<string, object> Loop()
    {
        var loop = new Dictionary<string, object>();
        loop["self"] = loop;
        return loop;
    }
}
