using Connectors.Databricks.SemanticKernel.Tests.TestServices;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.SemanticKernel.Tests.Chat;

/// <summary>Content other than text in a response.</summary>
public class MediaTests
{
    [Fact]
    public async Task An_image_of_an_answer_is_an_image_and_goes_back_as_it_came()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Endpoint.AcceptsAnything().RepliesRaw("""
            {"id":"r","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":[
              {"type":"text","text":"Here:"},
              {"type":"image_url","image_url":{"url":"data:image/png;base64,AQID"}}]}}]}
            """);
        ChatHistory history = [new(AuthorRole.User, "Draw.")];

        history.Add(await fixture.Chat.GetChatMessageContentAsync(history));
        history.AddUserMessage("Larger.");
        await fixture.Chat.GetChatMessageContentAsync(history);

        var image = Assert.IsType<ImageContent>(history[1].Items[1]);
        Assert.Equal(("Here:", "image/png", "AQID"), (history[1].Content, image.MimeType, Convert.ToBase64String(image.Data!.Value.Span)));
        Assert.Equal(
            """[{"type":"text","text":"Here:"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AQID"}}]""",
            fixture.Sent()["messages"]![1]!["content"]!.ToJsonString());
    }

    [Fact]
    public async Task Every_medium_has_its_kind_of_content()
    {
        var chat = new DatabricksChatCompletionService(new SayingClient(
            new DataContent(new byte[] { 1 }, "image/png"), new UriContent("https://example.com/a.png", "image/png"),
            new DataContent(new byte[] { 2 }, "audio/wav"), new UriContent("https://example.com/a.wav", "audio/wav"),
            new DataContent(new byte[] { 3 }, "application/pdf"), new UriContent("https://example.com/a.pdf", "application/pdf")));

        var items = (await chat.GetChatMessageContentAsync("Show.")).Items.Cast<BinaryContent>().ToList();

        Assert.Equal(
            [
                "ImageContent image/png 1", "ImageContent image/png https://example.com/a.png",
                "AudioContent audio/wav 2", "AudioContent audio/wav https://example.com/a.wav",
                "BinaryContent application/pdf 3", "BinaryContent application/pdf https://example.com/a.pdf",
            ],
            items.Select(item => $"{item.GetType().Name} {item.MimeType} {(item.Data is { } data ? $"{data.Span[0]}" : $"{item.Uri}")}"));
    }

    /// <summary>Semantic Kernel 1.80 has no streaming item for media, so an app finds them where the update came from.</summary>
    [Fact]
    public async Task Media_in_a_stream_is_in_the_inner_content()
    {
        var image = new DataContent(new byte[] { 1 }, "image/png");
        var chat = new DatabricksChatCompletionService(new SayingClient(new Microsoft.Extensions.AI.TextContent("Here:"), image));
        List<StreamingChatMessageContent> updates = [];

        await foreach (var update in chat.GetStreamingChatMessageContentsAsync("Show."))
        {
            updates.Add(update);
        }

        Assert.Equal(["Here:", null], updates.Select(update => update.Content));
        Assert.Same(image, Assert.Single(Assert.IsType<ChatResponseUpdate>(updates[1].InnerContent).Contents));
    }
}
