using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using static Connectors.Databricks.Tests.Chat.StreamLaws.Chunks;

namespace Connectors.Databricks.Tests.Chat.StreamLaws;

/// <summary>Reasoning goes back on the wire unchanged on the next turn.</summary>
public class Law8ReasoningTests
{
    [Fact]
    public async Task Signed_reasoning_goes_back_unchanged_on_the_next_turn()
    {
        var service = new VerbatimService()
            .Streams(Exchange.Events(
                Delta(""" "role":"assistant","content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"Let ","signature":""}]}] """),
                Delta(""" "content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"me\u0020see.","signature":""}]}] """),
                Delta(""" "content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"","signature":"Eq/oB+=="}]}] """),
                Delta(""" "content":[{"type":"text","text":"Blue."}] """),
                "[DONE]"))
            .Answers(Some.ChatBody);

        await SecondTurn(service);

        JsonText.AssertEqual(
            """
            {"messages":[
              {"role":"user","content":"Hello?"},
              {"role":"assistant","content":[
                {"type":"reasoning","summary":[{"type":"summary_text","text":"Let me see.","signature":"Eq/oB+=="}]},
                {"type":"text","text":"Blue."}]},
              {"role":"user","content":"Sure?"}]}
            """,
            TestSurface.WithoutModel(service.Sent[1].Body));
    }

    [Fact]
    public async Task Encrypted_and_unsigned_reasoning_go_back_in_their_order()
    {
        var service = new VerbatimService()
            .Streams(Exchange.Events(
                Delta(""" "content":[{"type":"reasoning","summary":[{"type":"summary_encrypted_text","data":"c2Vj"}]}] """),
                Delta(""" "content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"Think"}]}] """),
                Delta(""" "content":[{"type":"reasoning","summary":[{"type":"summary_text","text":" more."}]}] """),
                Delta(""" "content":"Blue." """),
                "[DONE]"))
            .Answers(Some.ChatBody);

        await SecondTurn(service);

        JsonText.AssertEqual(
            """
            {"messages":[
              {"role":"user","content":"Hello?"},
              {"role":"assistant","content":[
                {"type":"reasoning","summary":[{"type":"summary_encrypted_text","data":"c2Vj"}]},
                {"type":"reasoning","summary":[{"type":"summary_text","text":"Think more."}]},
                {"type":"text","text":"Blue."}]},
              {"role":"user","content":"Sure?"}]}
            """,
            TestSurface.WithoutModel(service.Sent[1].Body));
    }

    [Fact]
    public async Task Reasoning_next_to_the_content_is_sent_back_next_to_it()
    {
        var service = new VerbatimService()
            .Streams(
                Exchange.Events(
                    Delta(""" "reasoning_content":"Think" """), Delta(""" "reasoning_content":" more." """),
                    Delta(""" "content":"Blue." """), "[DONE]"))
            .Answers(Some.ChatBody);

        await SecondTurn(service);

        JsonText.AssertEqual(
            """
            {"messages":[
              {"role":"user","content":"Hello?"},
              {"role":"assistant","content":"Blue.","reasoning_content":"Think more."},
              {"role":"user","content":"Sure?"}]}
            """,
            TestSurface.WithoutModel(service.Sent[1].Body));
    }

    [Fact]
    public async Task Items_of_one_part_go_back_in_one_part()
    {
        const string content =
            """
            [{"type":"reasoning","summary":[
                {"type":"summary_text","text":"One","signature":"s1"},
                {"type":"summary_encrypted_text","data":"c2Vj"},
                {"type":"summary_text","text":"Two"}]},
             {"type":"reasoning","summary":[{"type":"summary_text","text":"Three"}]},
             {"type":"text","text":"Blue."}]
            """;
        var service = new VerbatimService()
            .Answers($$$"""{"choices":[{"message":{"role":"assistant","content":{{{content}}} },"finish_reason":"stop"}]}""")
            .Answers(Some.ChatBody);
        var chat = service.Chat();
        var conversation = Some.Question().ToList();
        conversation.AddMessages(await chat.GetResponseAsync(conversation));

        await chat.GetResponseAsync(conversation);

        JsonText.AssertEqual(
            $$"""{"messages":[{"role":"user","content":"Hello?"},{"role":"assistant","content":{{content}} }]}""",
                TestSurface.WithoutModel(service.Sent[1].Body));
    }

    [Fact]
    public async Task Two_signed_blocks_stay_two()
    {
        var updates = await Exchange.ReadsStream(
            Delta(""" "content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"One","signature":"s1"}]}] """),
            Delta(""" "content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"Two","signature":""}]}] """),
            Delta(""" "content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"","signature":"s2"}]}] """),
            "[DONE]");

        Assert.Equal(
            [("One", $"databricks:signature@{TestSurface.Name}:s1"), ("Two", $"databricks:signature@{TestSurface.Name}:s2")],
            updates.ToChatResponse().Messages[0].Contents.Cast<TextReasoningContent>()
                .Select(reasoning => (reasoning.Text, reasoning.ProtectedData)));
    }

    private static async Task SecondTurn(VerbatimService service)
    {
        var chat = service.Chat(options => options.Chat.IncludeUsageInStreams = false);
        var conversation = Some.Question().ToList();
        conversation.AddMessages(await Exchange.Collect(chat));
        conversation.Add(new ChatMessage(ChatRole.User, "Sure?"));
        await chat.GetResponseAsync(conversation);
    }
}
