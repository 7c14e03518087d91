using System.Net.Http.Headers;

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
    public void No_compiled_call_adds_a_header_without_validation() =>
        Rule.Holds(HeaderRules.EveryCallIsValidated(typeof(DatabricksServingClient).Assembly));

    [Fact]
    public void A_compiled_call_that_bypasses_the_validation_is_named()
    {
        var bypass = $"{typeof(HeaderRulesTests).FullName}+{nameof(Bypass)}.";

        Assert.Equal(
            [
                $"{bypass}Assign calls System.Net.Http.Headers.AuthenticationHeaderValue..ctor",
                $"{bypass}Assign calls System.Net.Http.Headers.HttpRequestHeaders.set_Authorization",
                $"{bypass}Collect calls System.Net.Http.Headers.HttpHeaderValueCollection.ParseAdd",
                $"{bypass}Collect calls System.Net.Http.Headers.HttpRequestHeaders.get_UserAgent",
                $"{bypass}Default calls System.Net.Http.HttpClient.get_DefaultRequestHeaders",
                $"{bypass}Initialize calls System.Net.Http.Headers.HttpHeaders.Add",
            ],
            HeaderRules.EveryCallIsValidated(typeof(HeaderRulesTests).Assembly)
                .Where(complaint => complaint.StartsWith(bypass, StringComparison.Ordinal))
                .Select(complaint => complaint.Split(',')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_handler_says_how_loopback_is_reached() => Rule.Holds(ProxyRules.EveryHandlerSetsItsProxy(Repository.Product));

    [Fact]
    public void A_handler_that_leaves_the_proxy_to_the_environment_is_named() =>
        Assert.Equal(
            [$"{Path}:1: a handler without Proxy or UseProxy sends loopback requests through http_proxy."],
            ProxyRules.EveryHandlerSetsItsProxy([new SourceFile(Path, "var handler = new SocketsHttpHandler { UseCookies = false };")]));

    /// <summary>One of each, some as no line of source shows it.</summary>
    private static class Bypass
    {
        public static HttpRequestMessage Initialize(string value) => new() { Headers = { { "a", value } } };

        public static HttpRequestMessage Assign(string value) => new()
        {
            Headers = { Authorization = new AuthenticationHeaderValue("a", value) },
        };

        public static void Collect(HttpRequestMessage message, string value)
        {
            var collection = message.Headers.UserAgent;
            collection.ParseAdd(value);
        }

        public static HttpRequestHeaders Default(HttpClient client) => client.DefaultRequestHeaders;
    }

    private static IEnumerable<string> Complaints(string code) => HeaderRules.EveryHeaderIsValidated([new SourceFile(Path, code)]);
}
