using System.Text;
using System.Text.Json;
using Connectors.Databricks.Chat.Replies;
using Connectors.Databricks.Chat.Responses.Inbound;
using Connectors.Databricks.Tests.TestServices;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;
using static Connectors.Databricks.Tests.Chat.Responses.ResponsesEvents;

namespace Connectors.Databricks.Tests.Chat.Responses.Inbound;

/// <summary>The limits of responses, and that the search for an item takes no longer with many items.</summary>
public class BoundsTests
{
    [Fact]
    public async Task Arguments_are_limited_whole_and_in_fragments()
    {
        var limits = new DatabricksResponseLimitOptions { MaxToolArgumentBytes = 10 };
        var fragments = Exchange.Events(
            Added("""{"type":"function_call","id":"fc_1","call_id":"c","name":"f","arguments":""}"""),
            """{"type":"response.function_call_arguments.delta","item_id":"fc_1","output_index":0,"delta":"{\"a\":"}""",
            """{"type":"response.function_call_arguments.delta","item_id":"fc_1","output_index":0,"delta":"\"12345\"}"}""", Completed);

        AssertTooLong(await Assert.ThrowsAsync<DatabricksServingException>(() => ResponsesExchange.Collect(fragments, limits: limits)));
        AssertTooLong(await Assert.ThrowsAsync<DatabricksServingException>(
            () => ResponsesExchange.Collect(Exchange.Events(AgentDone(Call), Completed), limits: limits)));
        AssertTooLong(Assert.Throws<DatabricksServingException>(() => ResponsesExchange.Reads(Document(Call), limits: limits)));
    }

    private static void AssertTooLong(DatabricksServingException exception) =>
        Assert.Contains("MaxToolArgumentBytes", exception.Message, StringComparison.Ordinal);

    [Fact]
    public async Task The_items_of_a_whole_stream_are_limited()
    {
        var limits = new DatabricksResponseLimitOptions { MaxItems = 5 };
        var items = Enumerable.Range(0, 6).Select(i => AgentDone($$"""{"type":"x","id":"x{{i}}"}"""));

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(
            () => ResponsesExchange.Collect(Exchange.Events([.. items, Completed]), limits: limits));

        Assert.Contains("MaxItems", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_depth_is_limited()
    {
        var limits = new DatabricksResponseLimitOptions { MaxJsonDepth = 8 };
        var deep = $"{new string('[', 9)}{new string(']', 9)}";

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => ResponsesExchange.Collect(
            Exchange.Events($$$"""{"type":"response.output_item.done","item":{"type":"x","x":{{{deep}}}}}""", Completed), limits: limits));

        Assert.Contains("MaxJsonDepth", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Canceled_reading_stops_inside_a_document()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        Assert.ThrowsAny<OperationCanceledException>(
            () => ResponsesExchange.Reads(Document(Message), cancellationToken: cancellation.Token));
    }

    // Each search looks an item up by its index or its id; with a list, this would take minutes.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Many_open_items_are_found_at_once(bool byIndex)
    {
        const int many = 50_000;
        var items = new OutputItems(ItemBudget.ForBoundedDocument());
        var options = new JsonReaderOptions();
        using var reply = new ServingReply(new HttpResponseMessage(), new DatabricksResponseLimitOptions());
        var facts = new ReplyFacts(reply, ItemBudget.ForBoundedDocument());
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < many; i++)
            {
                var place = byIndex ? $"\"output_index\":{i}" : $"\"item_id\":\"i{i}\"";
                EventFields fields = default;
                fields.Read(Encoding.UTF8.GetBytes($$"""{"type":"response.output_text.delta",{{place}}}"""), default, options, facts);
                items.ForDelta(fields, ItemKind.Message);
            }
        }

        Assert.Equal(many, items.All.Count);
    }
}
