using System.Net;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Sql.Statements;

public class ExternalLinkTests
{
    private const string Address = "https://storage.example.net/chunk-0?X-Signature=c2lnbmVkLWJ5LXRoZS1zdG9yYWdl";

    private static readonly SqlStatementOptions ByLinks = new() { UseExternalLinks = true };

    private static string Result(string links, int rows = 2) =>
        $$$"""
        {"statement_id":"01ef-1","status":{"state":"SUCCEEDED"},
         "manifest":{"schema":{"columns":[{"name":"n","type_name":"INT"}]},"total_row_count":{{{rows}}}},
         "result":{"external_links":[{{{links}}}]}}
        """;

    private static string Link(string address = Address, string more = "") =>
        $$"""{"chunk_index":0,"external_link":"{{address}}"{{more}}}""";

    [Fact]
    public async Task Links_are_followed_without_a_token_and_with_the_headers_that_they_require()
    {
        var service = new VerbatimService()
            .Answers(Result(Link(more: ""","next_chunk_index":1,"http_headers":{"x-storage-key":"k","authorization":"Basic eA=="}""")))
            .Answers("""[["1"]]""")
            .Answers("""{"external_links":[{"chunk_index":1,"external_link":"https://storage.example.net/chunk-1?sig=b"}]}""")
            .Answers("""[["2"]]""");

        Assert.Equal(["1", "2"], await service.Sql(ByLinks).QueryAsync("SELECT n FROM t").Texts());

        Assert.Equal(
            [
                $"{Some.Host}api/2.0/sql/statements", Address, $"{Some.Host}api/2.0/sql/statements/01ef-1/result/chunks/1",
                "https://storage.example.net/chunk-1?sig=b",
            ],
            service.Sent.Select(sent => sent.Uri.ToString()));
        Assert.Equal([true, false, true, false], service.Sent.Select(sent => sent.Headers.ContainsKey("Authorization")));
        Assert.Equal("k", service.Sent[1].Headers["x-storage-key"]);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Gone)]
    public async Task A_link_that_the_storage_rejects_is_renewed_once(HttpStatusCode status)
    {
        var service = new VerbatimService().Answers(Result(Link(), rows: 1)).Answers("<Error/>", status, "application/xml")
            .Answers($$"""{"external_links":[{{Link("https://storage.example.net/again")}}]}""").Answers("""[["1"]]""");

        Assert.Equal(["1"], await service.Sql(ByLinks).QueryAsync("SELECT n FROM t").Texts());

        Assert.Equal("/api/2.0/sql/statements/01ef-1/result/chunks/0", service.Sent[2].Uri.PathAndQuery);
        Assert.Equal("/again", service.Sent[3].Uri.PathAndQuery);
    }

    [Fact]
    public async Task A_link_that_has_expired_is_renewed_before_it_is_followed()
    {
        var clock = new FakeClock();
        var expiration = clock.GetUtcNow().AddSeconds(10).ToString("O");
        var service = new VerbatimService().Answers(Result(Link(more: $",\"expiration\":\"{expiration}\""), rows: 1))
            .Answers($$"""{"external_links":[{{Link("https://storage.example.net/again")}}]}""").Answers("""[["1"]]""");

        Assert.Equal(
            ["1"], await service.Sql(ByLinks, options => options.TimeProvider = clock).QueryAsync("SELECT n FROM t").Texts());

        Assert.Equal(3, service.Sent.Count);
    }

    [Theory]
    [InlineData("http://storage.example.net/chunk", "the external link is not an https address")]
    [InlineData("file:///etc/passwd", "the external link is not an https address")]
    public async Task A_link_that_is_not_https_is_not_followed(string address, string expected)
    {
        var service = new VerbatimService().Answers(Result(Link(address)));

        var failure = await Warehouse.Fails(() => service.Sql(ByLinks).QueryAsync("SELECT n FROM t").Texts());

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Single(service.Sent);
    }

    [Fact]
    public async Task A_header_with_a_line_break_is_not_sent()
    {
        var service = new VerbatimService().Answers(Result(Link(more: ""","http_headers":{"x-key":"a\r\nAuthorization: b"}""")));

        var failure = await Warehouse.Fails(() => service.Sql(ByLinks).QueryAsync("SELECT n FROM t").Texts());

        Assert.Contains("requires a header that cannot be sent", failure.Message, StringComparison.Ordinal);
        Assert.Single(service.Sent);
    }

    [Fact]
    public async Task No_exception_and_no_log_entry_has_the_link()
    {
        var log = new FakeLoggerFactory();
        var storage = $"<Error><StringToSign>GET {Address}</StringToSign><Message>Signature c2lnbmVkLWJ5LXRoZS1zdG9yYWdl</Message></Error>";
        var service = new VerbatimService().Answers(Result(Link()))
            .Answers(storage, HttpStatusCode.Forbidden, "application/xml").Answers($$"""{"external_links":[{{Link()}}]}""")
            .Answers(storage, HttpStatusCode.Forbidden, "application/xml");

        var failure = await Warehouse.Fails(() => service.Sql(ByLinks, options => options.LoggerFactory = log)
            .QueryAsync("SELECT n FROM t").Texts());

        var texts = failure + string.Join('\n', log.Collector.GetSnapshot().Select(entry => entry.ToString()));
        Assert.DoesNotContain("Signature", texts, StringComparison.Ordinal);
        Assert.DoesNotContain("c2lnbmVk", texts, StringComparison.Ordinal);
        Assert.Equal(
            "Reading the external link of SQL statement '01ef-1' failed: 403 Forbidden. The link to the result may have expired, or the " +
            "network does not allow the storage: read the result without UseExternalLinks.",
            failure.Message);
    }

    [Fact]
    public async Task Rows_behind_a_link_are_bounded()
    {
        var rows = string.Join(',', Enumerable.Repeat("""["1"]""", 200));
        var service = new VerbatimService().Answers(Result(Link(), rows: 200)).Answers($"[{rows}]");

        var failure = await Warehouse.Fails(() => service.Sql(ByLinks, options => options.ResponseLimits.MaxJsonValues = 100)
            .QueryAsync("SELECT n FROM t").Texts());

        Assert.EndsWith(
            "the response has more than 100 JSON values. Raise ResponseLimits.MaxJsonValues if such responses are expected.",
            failure.Message, StringComparison.Ordinal);
    }
}
