using System.Text.Json;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Completions.Outbound;

/// <summary>Function results that cannot be serialized never fail a turn: the model reads that the call went wrong.</summary>
public class ResultsWithoutJsonTests
{
    private static readonly DataContent Image = new(new byte[] { 1, 2, 3 }, "image/png");

    // By name: the test runner would write a circle out as well.
    private static readonly Dictionary<string, (Func<object> Create, string Kind)> WithoutJson = new()
    {
        ["a type without a contract"] = (() => new Forecast("Oslo", [-3]), "Forecast"),
        ["a stream"] = (() => new MemoryStream([1]), "MemoryStream"),
        ["a delegate"] = (() => (Func<int>)(() => 1), "Func`1"),
        ["a type"] = (() => typeof(string), "RuntimeType"),
        ["a task"] = (() => Task.FromResult(1), "Task`1"),
        ["no number"] = (() => double.NaN, "NaN"),
        ["an infinite number"] = (() => float.NegativeInfinity, "-Infinity"),
        ["no number in a list"] = (() => new List<object?> { 1, double.NaN }, "List`1"),
        ["a stream in a dictionary"] = (() => new Dictionary<string, object?> { ["a"] = new MemoryStream() }, "Dictionary`2"),
        ["an exception in a dictionary"] = (() => new Dictionary<string, object?> { ["a"] = new FormatException("x") }, "Dictionary`2"),
        ["numbers for names"] = (() => new Dictionary<int, object?> { [1] = 2 }, "Dictionary`2"),
        ["a circle"] = (Circle, "List`1"),
        ["a circle of names"] = (CircleOfNames, "Dictionary`2"),
        ["a deep list"] = (() => Deep(300), "List`1"),
        ["a failing iterator"] = (Failing, Failing().GetType().Name),
        ["an element of a disposed document"] = (() => Disposed(), "JsonElement"),
        ["a half surrogate"] = (() => JsonElement.Parse("\"\\ud800\""), "JsonElement"),
    };

    public static TheoryData<string> NamesWithoutJson => [.. WithoutJson.Keys];

    [Theory]
    [MemberData(nameof(NamesWithoutJson))]
    public async Task A_result_without_a_JSON_form_is_an_error_for_the_model_and_reported(string name)
    {
        var (create, kind) = WithoutJson[name];
        var service = new VerbatimService().Answers(Some.ChatBody);

        var response = await service.Chat().GetResponseAsync([new(ChatRole.Tool, [new FunctionResultContent("call_1", create())])]);

        JsonText.AssertEqual(
            $$"""
            {"messages":[{"role":"tool","tool_call_id":"call_1","content":"Error: The result cannot be written as JSON ({{kind}})."}]}
            """,
            Assert.Single(service.Sent).Body);
        var adjustment = Assert.Single(response.GetRequestAdjustments());
        Assert.Equal(("messages.tool_results", true), (adjustment.Field, adjustment.AffectsAnswer));
        Assert.StartsWith("call 'call_1': ", adjustment.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_that_is_an_exception_is_told_by_its_message_alone()
    {
        Exception thrown;
        try
        {
            throw new InvalidOperationException("No such series.", new IOException("inner"));
        }
        catch (InvalidOperationException exception)
        {
            thrown = exception;
        }

        var sent = await Outgoing.Request([new(ChatRole.Tool, [
            new FunctionResultContent("call_1", thrown),
            new FunctionResultContent("call_2", new object[] { thrown, new TextContent("x") })])]);

        JsonText.AssertEqual(
            """
            {"messages":[
              {"role":"tool","tool_call_id":"call_1","content":"Error: No such series."},
              {"role":"tool","tool_call_id":"call_2","content":"Error: No such series.\nx"}]}
            """,
            sent.Body);
    }

    [Fact]
    public async Task One_bad_result_leaves_the_others_as_they_are()
    {
        var sent = await Outgoing.StreamRequest([new(ChatRole.Tool, [
            new FunctionResultContent("call_1", "1"), new FunctionResultContent("call_2", double.NaN),
            new FunctionResultContent("call_3", Image)])]);

        Assert.Contains(
            """{"role":"tool","tool_call_id":"call_1","content":"1"},""" +
            """{"role":"tool","tool_call_id":"call_2","content":"Error: The result cannot be written as JSON (NaN)."},""" +
            """{"role":"tool","tool_call_id":"call_3","content":"The result follows in the next user message."}""",
            sent.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancellation_passes() => await Assert.ThrowsAsync<OperationCanceledException>(
        () => new VerbatimService().Chat().GetResponseAsync([new(ChatRole.Tool, [new FunctionResultContent("call_1", Canceled())])]));

    private static List<object?> Circle()
    {
        List<object?> circle = [];
        circle.Add(circle);
        return circle;
    }

    private static Dictionary<string, object?> CircleOfNames()
    {
        Dictionary<string, object?> circle = [];
        circle["a"] = circle;
        return circle;
    }

    private static List<object?> Deep(int levels) => levels == 0 ? [] : [Deep(levels - 1)];

    private static IEnumerable<int> Failing()
    {
        yield return 1;
        throw new FormatException("secret");
    }

    private static IEnumerable<int> Canceled()
    {
        yield return 1;
        throw new OperationCanceledException();
    }

    private static JsonElement Disposed()
    {
        using var document = JsonDocument.Parse("[1]");
        return document.RootElement;
    }
}
