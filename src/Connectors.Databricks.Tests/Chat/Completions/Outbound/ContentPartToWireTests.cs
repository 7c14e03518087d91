using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Completions.Outbound;

public class ContentPartToWireTests
{
    private static readonly byte[] Bytes = [0xfb, 0xef, 0xbe, 0xff];

    [Theory]
    [InlineData("image/png", "image_url")]
    [InlineData("IMAGE/JPEG", "image_url")]
    [InlineData("audio/wav", "audio_url")]
    [InlineData("video/mp4", "video_url")]
    public Task Media_travels_as_a_data_uri(string mediaType, string part) => Sends(
        $$$"""
        {"messages": [{"role": "user", "content": [
          {"type": "{{{part}}}", "{{{part}}}": {"url": "data:{{{mediaType}}};base64,++++/w=="}}
        ]}]}
        """,
        new DataContent(Bytes, mediaType));

    [Theory]
    [InlineData("image/*", "image_url")]
    [InlineData("audio/mpeg", "audio_url")]
    [InlineData("video/mp4", "video_url")]
    public Task Media_elsewhere_travels_as_its_address(string mediaType, string part) => Sends(
        $$$"""
        {"messages": [{"role": "user", "content": [
          {"type": "{{{part}}}", "{{{part}}}": {"url": "https://example.com/a%20b?sig=x%2By&z=1"}}
        ]}]}
        """,
        new UriContent("https://example.com/a%20b?sig=x%2By&z=1", mediaType));

    [Fact]
    public Task A_document_travels_with_its_name() => Sends(
        """
        {"messages": [{"role": "user", "content": [
          {"type": "file", "file": {"filename": "report.pdf", "file_data": "data:application/pdf;base64,++++/w=="}}
        ]}]}
        """,
        new DataContent(Bytes, "application/pdf") { Name = "report.pdf" });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public Task A_document_without_a_name_is_given_one(string? name) => Sends(
        """
        {"messages": [{"role": "user", "content": [
          {"type": "file", "file": {"filename": "document.pdf", "file_data": "data:application/pdf;base64,++++/w=="}}
        ]}]}
        """,
        new DataContent(Bytes, "application/pdf") { Name = name });

    [Theory]
    [InlineData("https://example.com/files/annual%20report.pdf?v=2", "annual report.pdf")]
    [InlineData("https://example.com/", "document.pdf")]
    [InlineData("data:application/pdf;base64,AA/B", "document.pdf")]
    public Task A_document_elsewhere_is_named_by_its_address(string address, string name) => Sends(
        $$$"""
        {"messages": [{"role": "user", "content": [
          {"type": "file", "file": {"filename": "{{{name}}}", "file_data": "{{{address}}}"}}
        ]}]}
        """,
        new UriContent(address, "application/pdf"));

    [Fact]
    public Task A_data_uri_given_as_text_is_sent_alike() => Sends(
        """
        {"messages": [{"role": "user", "content": [
          {"type": "image_url", "image_url": {"url": "data:image/png;base64,++++/w=="}}
        ]}]}
        """,
        new DataContent("data:image/png;base64,++++/w=="));

    [Theory]
    [InlineData("low")]
    [InlineData("high")]
    public Task The_detail_of_an_image_is_asked_for(string detail) => Sends(
        $$$"""
        {"messages": [{"role": "user", "content": [
          {"type": "image_url", "image_url": {"url": "https://example.com/a.png", "detail": "{{{detail}}}"}}
        ]}]}
        """,
        new UriContent("https://example.com/a.png", "image/png") { AdditionalProperties = new() { ["detail"] = detail } });

    [Fact]
    public Task The_detail_of_a_stored_image_is_asked_for() => Sends(
        """
        {"messages": [{"role": "user", "content": [
          {"type": "image_url", "image_url": {"url": "data:image/png;base64,++++/w==", "detail": "low"}}
        ]}]}
        """,
        new DataContent(
            Bytes, "image/png") { AdditionalProperties = new() { ["detail"] = System.Text.Json.JsonElement.Parse("\"low\"") } });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public Task A_detail_without_a_word_is_not_sent(string? detail) => Sends(
        """
        {"messages": [{"role": "user", "content": [
          {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}
        ]}]}
        """,
        new UriContent("https://example.com/a.png", "image/png") { AdditionalProperties = new() { ["detail"] = detail } });

    [Fact]
    public Task A_detail_belongs_to_images_alone() => Sends(
        """
        {"messages": [{"role": "user", "content": [
          {"type": "audio_url", "audio_url": {"url": "https://example.com/a.wav"}}
        ]}]}
        """,
        new UriContent("https://example.com/a.wav", "audio/wav") { AdditionalProperties = new() { ["detail"] = "low" } });

    private static Task Sends(string request, AIContent content) => Exchange.Sends(request, [new(ChatRole.User, [content])]);
}
