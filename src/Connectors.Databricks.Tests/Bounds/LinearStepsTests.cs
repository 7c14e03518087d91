using System.Text;
using System.Text.Json;
using Connectors.Databricks.Chat.Completions.Inbound;
using Connectors.Databricks.Chat.Replies;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Bounds;

/// <summary>
/// The searches among choices and calls take steps in proportion to the items, whatever their order, counted and not timed.
/// </summary>
public class LinearStepsTests
{
    private const int Many = 4_000;

    private readonly ItemBudget _items = ItemBudget.ForBoundedDocument();

    [Fact]
    public void Choices_without_an_index() => AssertLinear(Read(Event("{}")), Many);

    [Fact]
    public void Choices_from_the_last_to_the_first() =>
        AssertLinear(Read($$"""{"choices":[{{Joined(i => $$"""{"index":{{Many - i}}}""")}}]}"""), Many);

    [Fact]
    public void Choices_in_an_event_each() =>
        AssertLinear(
            Read([.. Enumerable.Range(0, Many).Select(i => $$$"""{"choices":[{"index":{{{i}}},"delta":{"content":"a"}}]}""")]), Many);

    [Fact]
    public void Events_of_one_choice_after_one_with_many() =>
        AssertLinear(Read([Event("{}"), .. Enumerable.Repeat("""{"choices":[{"index":7,"delta":{"content":"a"}}]}""", Many)]), 2 * Many);

    [Fact]
    public void The_index_is_looked_for_once_in_an_event()
    {
        var data = $"{{{Joined(_ => "\"choices\":[{\"delta\":{\"content\":\"a\"}}]")}}}";

        AssertLinear(Read(data), Many + data.Length);
    }

    [Theory]
    [InlineData("""{"index":@,"function":{"name":"f"}}""")]
    [InlineData("""{"id":"call-@","function":{"name":"f"}}""")]
    [InlineData("""{"index":0,"id":"call-@","function":{"name":"f"}}""")]
    [InlineData("""{"function":{"name":"f","arguments":"{}"}}""")]
    public void Calls_one_after_the_other(string call)
    {
        AssertLinear(ReadCalls(Joined(i => call.Replace("@", $"{i}", StringComparison.Ordinal))), 64 * Many);
    }

    [Theory]
    [InlineData("""{"index":@,"function":{"arguments":" "}}""")]
    [InlineData("""{"id":"call-@","function":{"arguments":" "}}""")]
    public void Fragments_of_the_first_of_many_calls(string fragment)
    {
        var calls = Joined(i => $$$"""{"index":{{{i}}},"id":"call-{{{i}}}","function":{"name":"f"}}""");

        AssertLinear(ReadCalls($"{calls},{Joined(_ => fragment.Replace("@", "1", StringComparison.Ordinal))}"), 64 * Many);
    }

    [Fact]
    public void A_repeated_member_does_not_move_the_contents_each_time()
    {
        var answer = new AnswerBuilder(isWhole: true, new ReasoningContext(IsHidden: false, "chat") { Items = _items });
        answer.AddText("said");
        answer.AddSibling("first");
        answer.AddSibling("second");

        Assert.Equal(
            ["first", "said", "second"],
            answer.Take()!.Select(content => content is TextContent text ? text.Text : ((TextReasoningContent)content).Text));
    }

    private static void AssertLinear(long steps, long most) => Assert.InRange(steps, 1, 10 * most);

    private long Read(params string[] events)
    {
        using var reply = new ServingReply(new HttpResponseMessage(), new DatabricksResponseLimitOptions());
        var choices = new ChoiceStreams(new ReplyFacts(reply, _items), new ReasoningContext(IsHidden: false, "chat") { Items = _items });
        List<ChatResponseUpdate> updates = [];
        foreach (var data in events.Select(Encoding.UTF8.GetBytes))
        {
            var reader = new Utf8JsonReader(data);
            reader.Read();
            while (reader.NextProperty())
            {
                choices.Read(ref reader, data);
            }

            choices.TakeUpdates(updates);
        }

        return _items.Steps;
    }

    private long ReadCalls(string calls)
    {
        var assembler = new ToolCallAssembler(isWhole: false, new ReasoningContext(IsHidden: false, "chat") { Items = _items });
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes($$"""{"tool_calls":[{{calls}}]}"""));
        reader.Read();
        reader.NextProperty();
        assembler.Read(ref reader);
        return _items.Steps;
    }

    private static string Event(string choice) => $$"""{"choices":[{{Joined(_ => choice)}}]}""";

    private static string Joined(Func<int, string> item) => string.Join(',', Enumerable.Range(0, Many).Select(item));
}
