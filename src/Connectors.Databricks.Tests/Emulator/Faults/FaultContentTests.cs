using System.Net;
using System.Net.Http.Headers;
using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.Faults;

/// <summary>Faults in valid HTTP, as an HttpClient receives them.</summary>
public class FaultContentTests
{
    private const string Endpoint = "databricks-llama-4-maverick";
    private const string Whole = """{"messages":[{"role":"user","content":"Repeat \"one two three four\""}]}""";
    private const string Stream = """{"stream":true,"messages":[{"role":"user","content":"Repeat \"one two three four\""}]}""";

    [Theory]
    [InlineData(EmulatedFault.Throttled, 429, "1")]
    [InlineData(EmulatedFault.Overloaded, 503, null)]
    [InlineData(EmulatedFault.BadGateway, 502, null)]
    [InlineData(EmulatedFault.GatewayTimeout, 504, null)]
    [InlineData(EmulatedFault.NoContent, 204, null)]
    public async Task A_status_comes_in_place_of_the_answer(EmulatedFault fault, int status, string? retryAfter)
    {
        await using Wire wire = await OpenAsync(fault);
        using HttpResponseMessage response = await wire.InvokeAsync(Endpoint, Whole);

        Assert.Equal((status, retryAfter), ((int)response.StatusCode, response.Headers.RetryAfter?.ToString()));
    }

    [Fact]
    public async Task A_fault_takes_nothing_from_the_script()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Faults.Add(EmulatedFault.Overloaded, times: 1);
        wire.Emulator.Endpoint(Endpoint).Replies("The only one.");

        string first = await wire.AskAsync(Endpoint, Whole);
        string second = await wire.AskAsync(Endpoint, Whole);

        Assert.Equal("503 ", first);
        Assert.Contains("The only one.", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_leads_to_another_host()
    {
        await using Wire wire = await OpenAsync(EmulatedFault.Redirect);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using HttpResponseMessage response = await http.GetAsync(wire.Emulator.Host);

        Assert.Equal(("elsewhere.invalid", HttpStatusCode.Redirect), (response.Headers.Location?.Host, response.StatusCode));
    }

    [Theory]
    [InlineData(EmulatedFault.WrongContentType, "text/plain", "")]
    [InlineData(EmulatedFault.HtmlPage, "text/html", "<!DOCTYPE html>")]
    [InlineData(EmulatedFault.EmptyBody, "application/json", "")]
    [InlineData(EmulatedFault.DeepJson, "application/json", "{\"choices\":[[[[[[[[[[")]
    [InlineData(EmulatedFault.ErrorInOkBody, "application/json", "{\"error\":{\"message\":")]
    public async Task A_success_has_another_type_or_body(EmulatedFault fault, string type, string start)
    {
        await using Wire wire = await OpenAsync(fault);
        using HttpResponseMessage response = await wire.InvokeAsync(Endpoint, Whole);

        Assert.Equal((HttpStatusCode.OK, type), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.StartsWith(start, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EmulatedFault.TruncatedGzip, false)]
    [InlineData(EmulatedFault.FalseGzip, true)]
    public async Task A_body_called_gzip_is_cut_or_none(EmulatedFault fault, bool isPlain)
    {
        await using Wire wire = await OpenAsync(fault);
        using HttpResponseMessage response = await wire.InvokeAsync(Endpoint, Whole);
        byte[] body = await response.Content.ReadAsByteArrayAsync();

        Assert.Equal("gzip", response.Content.Headers.ContentEncoding.ToString());
        Assert.Equal(isPlain, body[0] == '{');
    }

    [Theory]
    [InlineData(EmulatedFault.TruncatedJson, false)]
    [InlineData(EmulatedFault.GarbageJson, false)]
    [InlineData(EmulatedFault.DuplicatedEvents, false)]
    [InlineData(EmulatedFault.SlowDrip, true)]
    [InlineData(EmulatedFault.ByteByByte, true)]
    [InlineData(EmulatedFault.DelayedHeaders, true)]
    public async Task A_document_is_no_JSON_any_more_or_only_late(EmulatedFault fault, bool isJson)
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Faults.Add(fault).Pause = TimeSpan.Zero;
        using HttpResponseMessage response = await wire.InvokeAsync(Endpoint, Whole);
        string body = await response.Content.ReadAsStringAsync();

        Assert.Equal(isJson, IsJson(body));
    }

    [Fact]
    public async Task A_text_is_no_UTF_8()
    {
        await using Wire wire = await OpenAsync(EmulatedFault.InvalidUtf8);
        using HttpResponseMessage response = await wire.InvokeAsync(Endpoint, Whole);

        Assert.False(System.Text.Unicode.Utf8.IsValid(await response.Content.ReadAsByteArrayAsync()));
    }

    [Fact]
    public async Task Every_event_comes_twice()
    {
        await using Wire wire = await Wire.OpenAsync();
        string[] once = (await wire.ReadAsync(Endpoint, Stream)).Split("\n\n");
        wire.Emulator.Faults.Add(EmulatedFault.DuplicatedEvents);
        string[] twice = (await wire.ReadAsync(Endpoint, Stream)).Split("\n\n");

        Assert.Equal((once.Length - 1) * 2, twice.Length - 1);
        Assert.Equal((twice[0], "data: [DONE]", "data: [DONE]"), (twice[1], twice[^3], twice[^2]));
    }

    [Fact]
    public async Task A_line_goes_on_until_its_size_is_reached()
    {
        await using Wire wire = await OpenAsync(EmulatedFault.HugeLine);
        wire.Emulator.Faults.HugeBytes = 300_000;
        string body = await wire.ReadAsync(Endpoint, Stream);

        Assert.InRange(body.Length, 300_000, 400_000);
        Assert.DoesNotContain('\n', body);
    }

    [Fact]
    public async Task A_header_is_larger_than_clients_read()
    {
        await using Wire wire = await OpenAsync(EmulatedFault.HugeHeader);

        await Assert.ThrowsAsync<HttpRequestException>(() => wire.InvokeAsync(Endpoint, Whole));
    }

    [Theory]
    [InlineData("GET", "api/2.0/serving-endpoints")]
    [InlineData("GET", ".well-known/databricks-config")]
    [InlineData("POST", "oidc/v1/token")]
    [InlineData("GET", "nothing/here")]
    public async Task Any_address_can_fail(string method, string path)
    {
        await using Wire wire = await OpenAsync(EmulatedFault.HtmlPage);
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        using HttpResponseMessage response = await wire.Http.SendAsync(request);

        Assert.Equal(new MediaTypeHeaderValue("text/html", "utf-8"), response.Content.Headers.ContentType);
    }

    private static async Task<Wire> OpenAsync(EmulatedFault fault)
    {
        Wire wire = await Wire.OpenAsync();
        wire.Emulator.Faults.Add(fault);
        return wire;
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = System.Text.Json.JsonDocument.Parse(text);
            return true;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }
}
