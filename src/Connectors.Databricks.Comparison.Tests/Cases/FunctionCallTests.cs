using Connectors.Databricks.Comparison.Tests.Harness;
using Microsoft.SemanticKernel;

namespace Connectors.Databricks.Comparison.Tests.Cases;

/// <summary>Calls as a model writes them: names and arguments.</summary>
public class FunctionCallTests
{
    [Fact]
    public Task A_call_with_text_keeps_the_text() => SideBySide.RunAsync(
        [Reply.TextAndCalls("Let me look.", Call.Weather()), Reply.Text("Sunny.")], Ask.NonStreaming(Ask.Auto));

    [Fact]
    public Task Nested_arguments_with_whitespace_return_to_the_model_as_they_were() => SideBySide.RunAsync(
        [
            Reply.Calls(new Call("City-Tag", """{"tags": ["narrow",  "old"],"name" :"Mill Lane"}""")),
            Reply.Text("Tagged."),
        ],
        Ask.NonStreaming(Ask.Auto));

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
        Ask.NonStreaming(Ask.Auto));

    [Fact]
    public Task Arguments_keep_their_types_when_the_app_asks_for_it() => SideBySide.RunAsync(
        [Reply.Calls(Call.Count()), Reply.Text("Three.")],
        Ask.NonStreaming(Ask.AutoWith(new() { RetainArgumentTypes = true })));

    [Fact]
    public Task A_missing_argument_is_reported_to_the_model() => SideBySide.RunAsync(
        [Reply.Calls(new Call("City-Weather", "{ }")), Reply.Text("Sorry.")], Ask.NonStreaming(Ask.Auto));

    [Fact]
    public Task Arguments_written_as_text_are_converted_to_the_types_of_the_parameters() => SideBySide.RunAsync(
        [
            Reply.Calls(new Call("Any-Take", """{ "day": "Friday", "when": "2026-11-29T00:00:00Z", "list": "[1, 2]", "yes": "true" }""")),
            Reply.Text("Taken."),
        ],
        builder => builder.Plugins.AddFromFunctions("Any", [KernelFunctionFactory.CreateFromMethod(
            (Kernel kernel, DayOfWeek day, DateTime when, int[] list, bool yes, CancellationToken cancellationToken) =>
                $"{kernel.Plugins.Count} {day} {when:O} {list.Length} {yes}",
            "Take")]),
        Ask.NonStreaming(Ask.Auto));

    [Theory]
    [InlineData("City-Mayor")]
    [InlineData("Weather")]
    [InlineData("City.Weather")]
    public Task A_call_of_an_unknown_function_is_reported_to_the_model(string name) => SideBySide.RunAsync(
        [Reply.Calls(new Call(name)), Reply.Text("Sorry.")], Ask.NonStreaming(Ask.Auto));

    [Fact]
    public Task A_call_with_different_casing_runs() => SideBySide.RunAsync(
        [Reply.Calls(Call.Weather() with { Name = "city-weather" }), Reply.Text("Sunny.")],
        Ask.NonStreaming(Ask.Auto),
        AcceptedDifferences.NameAsDeclared);

    [Theory]
    [InlineData("{nonsense")]
    [InlineData("[1]")]
    public Task Invalid_arguments_are_reported_to_the_model(string arguments) => SideBySide.RunAsync(
        [Reply.Calls(new Call("City-Weather", arguments)), Reply.Text("Sorry.")],
        Ask.NonStreaming(Ask.Auto),
        AcceptedDifferences.InvalidArguments);

    [Fact]
    public Task Empty_arguments_are_no_arguments() => SideBySide.RunAsync(
        [Reply.Calls(new Call("Clock-Now", "")), Reply.Text("Noon.")],
        builder => builder.Plugins.AddFromFunctions("Clock", [KernelFunctionFactory.CreateFromMethod(() => "12:00", "Now")]),
        Ask.NonStreaming(Ask.Auto),
        AcceptedDifferences.NoArguments);
}
