using Connectors.Databricks.Comparison.Tests.Harness;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.Comparison.Tests.Cases;

public class FunctionTests
{
    public sealed record Node(string Name, IReadOnlyList<Node> Children, DayOfWeek? Day = null);

    [Fact]
    public Task A_called_function_runs_and_its_result_reaches_the_model() => SideBySide.RunAsync(
        [Reply.Calls(Call.Weather()), Reply.Text("Sunny.")], Ask.Whole(Ask.Auto));

    [Fact]
    public Task A_call_with_text_keeps_the_text() => SideBySide.RunAsync(
        [Reply.TextAndCalls("Let me look.", Call.Weather()), Reply.Text("Sunny.")], Ask.Whole(Ask.Auto));

    [Fact]
    public Task Calls_of_one_answer_run_in_order_and_each_result_reaches_the_model() => SideBySide.RunAsync(
        [Reply.Calls(Call.Weather(), Call.Count()), Reply.Text("Sunny for three.")], Ask.Whole(Ask.Auto));

    [Fact]
    public Task Calls_of_three_turns_with_the_same_id_each_get_their_result() => SideBySide.RunAsync(
        [Reply.Calls(Call.Weather("Bonn")), Reply.Calls(Call.Weather("Ulm")), Reply.Calls(Call.Count(2, "call_0")), Reply.Text("Done.")],
        Ask.Whole(Ask.Auto));

    [Fact]
    public Task Nested_arguments_with_whitespace_return_to_the_model_as_they_were() => SideBySide.RunAsync(
        [
            Reply.Calls(new Call("Town-Tag", """{"tags": ["narrow",  "old"],"name" :"Mill Lane"}""")),
            Reply.Text("Tagged."),
        ],
        Ask.Whole(Ask.Auto));

    [Fact]
    public Task Arguments_of_every_json_type_reach_a_function_and_return_to_the_model() => SideBySide.RunAsync(
        [
            Reply.Calls(new Call("Any-Take", """
                { "number": 1.50, "big": 12345678901234567890, "yes": true, "none": null,
                  "text": "a \"b\" \u00fc 😀", "nested": { "a" : [ 1 , { } ] } }
                """)),
            Reply.Text("Taken."),
        ],
        builder => builder.Plugins.AddFromFunctions("Any", [KernelFunctionFactory.CreateFromMethod(
            (double number, decimal big, bool yes, string? none, string text, object nested) =>
                $"{number} {big} {yes} {none ?? "null"} {text} {nested}",
            "Take")]),
        Ask.Whole(Ask.Auto));

    [Fact]
    public Task Arguments_keep_their_types_when_the_app_asks_for_it() => SideBySide.RunAsync(
        [Reply.Calls(Call.Count()), Reply.Text("Three.")],
        Ask.Whole(new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto(options: new() { RetainArgumentTypes = true }) }));

    [Fact]
    public Task A_function_that_throws_tells_the_model_why() => SideBySide.RunAsync(
        [Reply.Calls(new Call("Town-Fail")), Reply.Text("Sorry.")], Ask.Whole(Ask.Auto));

    [Fact]
    public Task A_missing_argument_tells_the_model_which() => SideBySide.RunAsync(
        [Reply.Calls(new Call("Town-Weather", "{ }")), Reply.Text("Sorry.")], Ask.Whole(Ask.Auto));

    [Theory]
    [InlineData("Town-Mayor")]
    [InlineData("Weather")]
    [InlineData("Town.Weather")]
    public Task A_call_of_an_unknown_function_tells_the_model(string name) => SideBySide.RunAsync(
        [Reply.Calls(new Call(name)), Reply.Text("Sorry.")], Ask.Whole(Ask.Auto));

    [Fact]
    public Task A_call_in_another_letter_case_runs() => SideBySide.RunAsync(
        [Reply.Calls(Call.Weather() with { Name = "town-weather" }), Reply.Text("Sunny.")],
        Ask.Whole(Ask.Auto),
        AcceptedDifferences.NameAsDeclared);

    [Theory]
    [InlineData("{nonsense")]
    [InlineData("[1]")]
    public Task Arguments_that_are_not_an_object_tell_the_model_to_correct_itself(string arguments) => SideBySide.RunAsync(
        [Reply.Calls(new Call("Town-Weather", arguments)), Reply.Text("Sorry.")],
        Ask.Whole(Ask.Auto),
        AcceptedDifferences.InvalidArguments);

    [Fact]
    public Task Empty_arguments_are_no_arguments() => SideBySide.RunAsync(
        [Reply.Calls(new Call("Clock-Now", "")), Reply.Text("Noon.")],
        builder => builder.Plugins.AddFromFunctions("Clock", [KernelFunctionFactory.CreateFromMethod(() => "12:00", "Now")]),
        Ask.Whole(Ask.Auto),
        AcceptedDifferences.NoArguments);

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
        Ask.Whole(Ask.Auto),
        AcceptedDifferences.EmptyResult);

    [Fact]
    public Task Concurrent_calls_add_their_results_in_the_order_of_the_calls() => SideBySide.RunAsync(
        [Reply.Calls(Call.Weather("Bonn", "x"), Call.Count(4, "y"), Call.Weather("Ulm", "z")), Reply.Text("Done.")],
        Ask.Whole(new()
        {
            FunctionChoiceBehavior = FunctionChoiceBehavior.Auto(
                options: new() { AllowConcurrentInvocation = true, AllowParallelCalls = true }),
        }));

    [Fact]
    public Task Strict_schemas_are_sent_alike() => SideBySide.RunAsync(
        [Reply.Text("Hello.")],
        Ask.Whole(new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto(options: new() { AllowStrictSchemaAdherence = true }) }));

    [Fact]
    public Task Schemas_of_nested_and_recursive_parameters_are_sent_alike() => SideBySide.RunAsync(
        [Reply.Text("Hello.")],
        builder => builder.Plugins.AddFromFunctions(
            "Trees", [KernelFunctionFactory.CreateFromMethod((Node root, Street[] streets) => 0, "Count")]),
        Ask.Whole(Ask.Auto),
        AcceptedDifferences.RecursiveType);

    [Fact]
    public Task Schemas_of_functions_of_Microsoft_Extensions_AI_are_sent_alike() => SideBySide.RunAsync(
        [Reply.Text("Hello.")],
        builder => builder.Plugins.AddFromFunctions(
            "Trees", [AIFunctionFactory.Create((Node root, Street[] streets) => 0, "Count").AsKernelFunction()]),
        Ask.Whole(Ask.Auto));

    [Fact]
    public Task Parallel_calls_can_be_switched_off() => SideBySide.RunAsync(
        [Reply.Text("Hello.")],
        Ask.Whole(new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto(options: new() { AllowParallelCalls = false }) }));
}
