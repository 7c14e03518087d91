namespace Connectors.Databricks.Tests.Architecture;

public class HeaderRulesTests
{
    private const string Path = "src/Connectors.Databricks/Transport/A.cs";

    [Fact]
    public void Every_request_header_is_validated() => Rule.Holds(HeaderRules.EveryHeaderIsValidated(Repository.Product));

    [Theory]
    [InlineData("request.Headers.Add(name, value);")]
    [InlineData("request.Headers.TryAddWithoutValidation(name, value);")]
    [InlineData("headers.Add(name, value);")]
    [InlineData("    .TryAddWithoutValidation(name, value);")]
    [InlineData("request.Headers.Authorization = value;")]
    [InlineData("var value = new AuthenticationHeaderValue(scheme, token);")]
    [InlineData("http.DefaultRequestHeaders.Clear();")]
    [InlineData("request.Headers.UserAgent.ParseAdd(value);")]
    [InlineData("request.Headers.UserAgent.TryParseAdd(value);")]
    [InlineData("content.Headers.ContentType = value;")]
    [InlineData("request.Headers[name] = value;")]
    [InlineData("HttpRequestHeaders all = request.Headers;")]
    [InlineData("var all = request.Headers;")]
    [InlineData("Add(request.Headers, name, value);")]
    [InlineData("new MultipartFormDataContent()")]
    public void A_header_that_bypasses_the_validation_is_named(string code) =>
        Assert.Equal([$"{Path}:1: '{code.Trim()}' adds a header without validation; use RequestHeader."], Complaints(code));

    [Theory]
    [InlineData("var id = response.Headers.RetryAfter;")]
    [InlineData("if (response.Content.Headers.ContentLength == 0)")]
    [InlineData("Read(response.Headers, response.Content.Headers);")]
    [InlineData("context.Response.Headers.CacheControl = value;")]
    [InlineData("header.AddTo(request);")]
    [InlineData("// request.Headers.Add(name, value);")]
    public void Reading_headers_and_adding_validated_ones_is_fine(string code) => Assert.Empty(Complaints(code));

    [Fact]
    public void Every_handler_says_how_loopback_is_reached() => Rule.Holds(ProxyRules.EveryHandlerSetsItsProxy(Repository.Product));

    [Fact]
    public void A_handler_that_leaves_the_proxy_to_the_environment_is_named() =>
        Assert.Equal(
            [$"{Path}:1: a handler without Proxy or UseProxy sends loopback requests through http_proxy."],
            ProxyRules.EveryHandlerSetsItsProxy([new SourceFile(Path, "var handler = new SocketsHttpHandler { UseCookies = false };")]));

    private static IEnumerable<string> Complaints(string code) => HeaderRules.EveryHeaderIsValidated([new SourceFile(Path, code)]);
}
