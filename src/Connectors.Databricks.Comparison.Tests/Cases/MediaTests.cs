using Connectors.Databricks.Comparison.Tests.Harness;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.Comparison.Tests.Cases;

public class MediaTests
{
    private static readonly ReadOnlyMemory<byte> Bytes = new byte[] { 1, 2, 3, 4 };

    private static readonly Uri Address = new("https://example.com/picture.png?x=1&y=2");

    public static TheoryData<string, Func<KernelContent>> Images { get; } = new()
    {
        { "by URI", () => new ImageContent(Address) },
        { "by URI with its type", () => new ImageContent(Address) { MimeType = "image/png" } },
        { "by bytes", () => new ImageContent(Bytes, "image/png") },
        { "by data URI", () => new ImageContent("data:image/jpeg;base64,AQIDBA==") },
        {
            "with its detail",
            () => new ImageContent(Address) { Metadata = new Dictionary<string, object?> { ["ChatImageDetailLevel"] = "High" } }
        },
    };

    [Theory]
    [MemberData(nameof(Images))]
    public Task An_image_is_sent_the_same_way(string name, Func<KernelContent> image) => AskAboutAsync(name, image());

    [Fact]
    public Task A_URI_with_escaped_characters_is_sent() =>
        AskAboutAsync("escaped", new ImageContent(new Uri("https://example.com/a%20picture.png")));

    [Fact]
    public Task Audio_is_sent() => AskAboutAsync(
        "audio", new AudioContent(Bytes, "audio/wav"), AcceptedDifferences.Audio, AcceptedDifferences.NoFiles);

    [Fact]
    public Task A_file_is_sent() => AskAboutAsync(
        "file", new BinaryContent(Bytes, "application/pdf"), AcceptedDifferences.FileName, AcceptedDifferences.NoFiles);

    [Fact]
    public Task An_image_in_a_rendered_prompt_is_sent_the_same_way() => SideBySide.RunAsync(
        [Reply.Text("A picture.")],
        async app => (await app.Kernel.InvokePromptAsync("""
            <message role="system">Be brief.</message>
            <message role="user"><text>What is this?</text><image>https://example.com/a.png</image></message>
            """)).ToString());

    [Fact]
    public Task An_image_as_the_result_of_a_function_is_sent() => SideBySide.RunAsync(
        [Reply.Calls(new Call("Camera-Take")), Reply.Text("A picture.")],
        builder => builder.Plugins.AddFromFunctions(
            "Camera", [KernelFunctionFactory.CreateFromMethod(() => new ImageContent(Bytes, "image/png"), "Take")]),
        Ask.NonStreaming(Ask.Auto),
        AcceptedDifferences.ImageResult);

    private static Task AskAboutAsync(string name, KernelContent content, params AcceptedDifference[] accepted) => SideBySide.RunAsync(
        [Reply.Text("A picture.")],
        async app =>
        {
            object? result = null;
            var thrown = await Record.ExceptionAsync(async () => result = await Ask.NonStreamingAsync(
                app, [new(AuthorRole.User, [new TextContent($"What is this ({name})?"), content])]));
            if (thrown is not null)
            {
                await Ask.NonStreaming()(app);
            }

            return new { Type = thrown?.GetType().Name, Answered = result is not null || thrown is not null };
        },
        accepted);
}
