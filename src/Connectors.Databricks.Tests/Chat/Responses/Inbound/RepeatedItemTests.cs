using Microsoft.Extensions.AI;
using static Connectors.Databricks.Tests.Chat.Responses.ResponsesEvents;

namespace Connectors.Databricks.Tests.Chat.Responses.Inbound;

/// <summary>
/// Items that come as deltas, whole, in the completed response, or several times, under one id or none (serving reference §8.3).
/// </summary>
public class RepeatedItemTests
{
    [Fact]
    public async Task An_empty_completion_keeps_the_deltas()
    {
        var response = (await ResponsesExchange.ReadsStream(Created, TextDelta("Hello"), Completed)).ToChatResponse();

        Assert.Equal(("Hello", ChatFinishReason.Stop), (response.Text, response.FinishReason));
        Assert.Empty(StoredItems.Of(response));
    }

    [Fact]
    public async Task Items_that_only_the_completion_has_are_stored_from_it()
    {
        var response = (await ResponsesExchange.ReadsStream(Created, TextDelta("Hello"), CompletedWith(Message, Call))).ToChatResponse();

        Assert.Equal("Hello", response.Text);
        Assert.Equal([Message, Call], StoredItems.Of(response));
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
    }

    [Fact]
    public async Task A_completion_repeats_nothing()
    {
        var response = (await ResponsesExchange.ReadsStream(
            Created, TextDelta("Hello"), Done(Message), Done(Call, 1), CompletedWith(Message, Call))).ToChatResponse();

        Assert.Equal("Hello", response.Text);
        Assert.Single(response.Messages[0].Contents.OfType<FunctionCallContent>());
        Assert.Equal([Message, Call], StoredItems.Of(response));
    }

    [Theory]
    [InlineData("msg_1")]
    [InlineData("__fake_id__")]
    [InlineData("")]
    public async Task Deltas_and_the_whole_text_are_one_text(string id)
    {
        var item = Message.Replace("msg_1", id, StringComparison.Ordinal);

        var response = (await ResponsesExchange.ReadsStream(
            AgentDelta("Hel", id), AgentDelta("lo", id), AgentDone(item), AgentDelta("Hel", id), AgentDelta("lo", id), AgentDone(item),
            "[DONE]")).ToChatResponse();

        // With a real id the second is a message as well: it has deltas of its own.
        Assert.Equal(["Hello", "Hello"], response.Messages.Select(message => message.Text));
        Assert.Equal([item, item], StoredItems.Of(response));
    }

    [Fact]
    public async Task A_text_that_comes_only_whole_is_given_out()
    {
        var response = (await ResponsesExchange.ReadsStream(Created, AgentDone(Message), Completed)).ToChatResponse();

        Assert.Equal("Hello", response.Text);
        Assert.Equal([Message], StoredItems.Of(response));
    }

    [Theory]
    [InlineData("""{"type":"response.output_text.done","item_id":"msg_1","output_index":0,"content_index":0,"text":"Hello"}""")]
    [InlineData("""{"type":"response.content_part.done","item_id":"msg_1","output_index":0,"content_index":0,"part":{"type":"output_text","text":"Hello"}}""")]
    public async Task A_text_without_deltas_and_without_an_item_is_given_out(string whole)
    {
        Assert.Equal("Hello", (await ResponsesExchange.ReadsStream(Created, whole, Completed)).ToChatResponse().Text);
        Assert.Equal("Hello", (await ResponsesExchange.ReadsStream(Created, TextDelta("Hello"), whole, Done(Message), whole, Completed))
            .ToChatResponse().Text);
    }

    [Fact]
    public async Task A_repeated_item_is_one_item()
    {
        var response = (await ResponsesExchange.ReadsStream(
            AgentDone(Message), AgentDone(Message), AgentDone(Call), AgentDone(Call), "[DONE]")).ToChatResponse();

        Assert.Equal("Hello", response.Text);
        Assert.Equal([Message, Call], StoredItems.Of(response));
    }

    [Theory]
    [InlineData("__fake_id__")]
    [InlineData("")]
    public async Task Items_with_a_shared_placeholder_are_several(string id)
    {
        var item = Message.Replace("msg_1", id, StringComparison.Ordinal);

        var response = (await ResponsesExchange.ReadsStream(AgentDone(item), AgentDone(item), "[DONE]")).ToChatResponse();

        Assert.Equal(["Hello", "Hello"], response.Messages.Select(message => message.Text));
    }

    [Fact]
    public async Task A_text_and_a_call_may_share_an_id()
    {
        // Agents on LangGraph give the parts of one message its id.
        var call = Call.Replace("fc_1", "msg_1", StringComparison.Ordinal);

        var response = (await ResponsesExchange.ReadsStream(
            AgentDelta("Hello"), AgentDone(call), AgentDone(Message), "[DONE]")).ToChatResponse();

        Assert.Equal("Hello", response.Text);
        Assert.Equal([Message, call], StoredItems.Of(response));
    }

    [Fact]
    public async Task Items_may_come_out_of_order()
    {
        const string second = """{"type":"message","id":"msg_2","content":[{"type":"output_text","text":"Bye"}]}""";

        var response = (await ResponsesExchange.ReadsStream(
            Created, TextDelta("Bye", "msg_2", 1), TextDelta("Hel"), Done(second, 1), TextDelta("lo"), Done(Message),
            CompletedWith(Message, second))).ToChatResponse();

        Assert.Equal(["Bye", "Hello"], response.Messages.Select(message => message.Text));
        Assert.Equal([Message, second], StoredItems.Of(response));
    }

    [Fact]
    public async Task One_index_for_all_items_is_no_index()
    {
        const string second = """{"type":"message","id":"msg_2","content":[{"type":"output_text","text":"Bye"}]}""";

        var response = (await ResponsesExchange.ReadsStream(
            Created, TextDelta("Hello"), Done(Message), TextDelta("Bye", "msg_2"), Done(second), Done(Call), Completed)).ToChatResponse();

        Assert.Equal(["Hello", "Bye"], response.Messages.Select(message => message.Text));
        Assert.Equal(3, StoredItems.Of(response).Length);
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
    }
}
