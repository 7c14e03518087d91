using System.Net.Http.Json;

namespace Web;

/// <summary>Requests every page and streams a chat, and reports each step.</summary>
internal static class SelfCheck
{
    /// <returns>The number of failed steps.</returns>
    public static async Task<int> RunAsync(Uri address)
    {
        using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        var failures = 0;

        async Task CheckAsync(string name, Func<Task<string>> read, string expected)
        {
            var text = await read();
            var isFound = text.Contains(expected, StringComparison.Ordinal);
            failures += isFound ? 0 : 1;
            Console.WriteLine($"{(isFound ? "ok    " : "FAILED")} {name}");
        }

        Func<Task<string>> Get(string path) => () => http.GetStringAsync(new Uri(path, UriKind.Relative));

        await CheckAsync("chat page", Get("/"), "chat.js");
        await CheckAsync("status page", Get("/status.html"), "status.js");
        await CheckAsync("model hub", Get("/models"), "hub.js");
        await CheckAsync("endpoints", Get("/models/data/endpoints"), "churn-prediction");
        await CheckAsync("LiteLLM's route", Get("/models/public/model_hub?provider=databricks"), "databricks/system.ai.claude-sonnet-4-5");
        await CheckAsync("health", Get("/health"), "\"Healthy\"");
        await CheckAsync("streamed chat with a function", () => ChatAsync(http), "event: done");
        await CheckAsync("traces", Get("/traces"), "databricks.attempt");
        return failures;
    }

    private static async Task<string> ChatAsync(HttpClient http)
    {
        using var response = await http.PostAsJsonAsync(new Uri("/chat", UriKind.Relative), new
        {
            endpoint = Assistant.Models[0].Endpoint,
            messages = new[] { new { role = "user", content = "What is the weather in Ghent?" } },
        });
        var text = await response.Content.ReadAsStringAsync();
        return text.Contains("event: toolResult", StringComparison.Ordinal) ? text : string.Empty;
    }
}
