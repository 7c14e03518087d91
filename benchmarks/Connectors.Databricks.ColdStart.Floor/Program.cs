using System.Net.Http.Headers;
using System.Runtime;
using System.Text;
using System.Text.Json;

// Prints the first token of a stream, then how many methods the JIT compiled: the request of the connector, a reader by hand, no more.
const string Path = "/serving-endpoints/databricks-meta-llama-3-3-70b-instruct/invocations";
using var http = new HttpClient();
using var request = new HttpRequestMessage(HttpMethod.Post, Environment.GetEnvironmentVariable("DATABRICKS_HOST") + Path);
request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Environment.GetEnvironmentVariable("DATABRICKS_TOKEN"));
request.Headers.Accept.ParseAdd("text/event-stream");
request.Content = new StringContent(
    """{"messages":[{"role":"user","content":"How do I size a SQL warehouse?"}],"stream":true,"stream_options":{"include_usage":true}}""",
    Encoding.UTF8,
    "application/json");
using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
response.EnsureSuccessStatusCode();
using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
while (await reader.ReadLineAsync() is { } line)
{
    if (line.StartsWith("data: {", StringComparison.Ordinal) && ContentOf(line[6..]) is { Length: > 0 } token)
    {
        Console.WriteLine(token);
        break;
    }
}

Console.WriteLine(JitInfo.GetCompiledMethodCount());

static string? ContentOf(string chunk)
{
    var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(chunk));
    while (json.Read())
    {
        if (json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("content"u8))
        {
            json.Read();
            return json.GetString();
        }
    }

    return null;
}
