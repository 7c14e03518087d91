using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Completions.Inbound;

public class CitationsFromWireTests
{
    [Theory]
    [InlineData("\"citations\":[{0}]")]
    [InlineData("\"citation\":{0}")]
    [InlineData("\"annotations\":[{0}]")]
    public async Task Claudes_citation_names_the_document_and_the_words(string member)
    {
        var citation = """{"type":"char_location","cited_text":"The sky is blue.","document_index":0,"document_title":"Sky","start_char_index":5,"end_char_index":21}""";
        var response = await Exchange.Reads(
            $$"""{"choices":[{"message":{"content":[{"type":"text","text":"Blue.",{{member.Replace("{0}", citation, StringComparison.Ordinal)}} }]} }]}""");

        var text = Assert.IsType<TextContent>(Assert.Single(response.Messages[0].Contents));
        var annotation = Assert.IsType<CitationAnnotation>(Assert.Single(text.Annotations!));
        Assert.Equal(("Sky", "The sky is blue."), (annotation.Title, annotation.Snippet));
        Assert.Null(annotation.AnnotatedRegions);
        Assert.Equal(
            (0, 5, 21),
            (
                annotation.AdditionalProperties!["document_index"], annotation.AdditionalProperties["start_char_index"],
                annotation.AdditionalProperties["end_char_index"]));
    }

    [Fact]
    public async Task A_URL_citation_marks_its_region_of_the_answer()
    {
        var response = await Exchange.Reads(
            """
            {"choices":[{"message":{"content":"See here.","annotations":[
              {"type":"url_citation","url_citation":{"start_index":4,"end_index":8,"title":"Here","url":"https://here.example/"}}]}}]}
            """);

        var text = Assert.IsType<TextContent>(Assert.Single(response.Messages[0].Contents));
        var annotation = Assert.IsType<CitationAnnotation>(Assert.Single(text.Annotations!));
        Assert.Equal(("Here", "https://here.example/"), (annotation.Title, annotation.Url!.AbsoluteUri));
        var region = Assert.IsType<TextSpanAnnotatedRegion>(Assert.Single(annotation.AnnotatedRegions!));
        Assert.Equal((4, 8), (region.StartIndex, region.EndIndex));
    }

    [Fact]
    public async Task A_streamed_citation_keeps_its_place_between_the_texts()
    {
        var updates = await Exchange.ReadsStream(
            """{"id":"m1","choices":[{"index":0,"delta":{"content":[{"type":"text","text":"Blue","citations":[{"cited_text":"blue"}]}]}}]}""",
            """{"id":"m1","choices":[{"index":0,"delta":{"content":" it is."},"finish_reason":"stop"}]}""",
            "[DONE]");

        var contents = updates.ToChatResponse().Messages[0].Contents.Cast<TextContent>().ToList();
        Assert.Equal([("Blue", 1), (" it is.", 0)], contents.Select(text => (text.Text, text.Annotations?.Count ?? 0)));
    }

    [Fact]
    public async Task Citations_that_are_no_objects_are_passed_over()
    {
        var response = await Exchange.Reads(
            """{"choices":[{"message":{"content":[{"type":"text","text":"Blue.","citations":[null,7]}]}}]}""");

        Assert.Null(Assert.Single(response.Messages[0].Contents).Annotations);
    }
}
