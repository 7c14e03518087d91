namespace Connectors.Databricks.Tests.TestServices;

/// <summary>Exchanges of the completion task, with both documents in the test.</summary>
internal static class Completing
{
    /// <summary>Completes and checks the request; the answer does not matter.</summary>
    public static async Task Sends(string request, DatabricksCompletionOptions? options = null)
    {
        var service = new VerbatimService().Answers(Answer(options?.ChoiceCount ?? 1));
        await service.Client().CompleteAsync(VerbatimService.EndpointName, "Once", options);
        JsonText.AssertEqual(request, Assert.Single(service.Sent).Body);
    }

    public static Task<DatabricksCompletion> Reads(string response, int prompts = 1) =>
        new VerbatimService().Answers(response).Client()
            .CompleteAsync(VerbatimService.EndpointName, Enumerable.Repeat("Once", prompts));

    /// <summary>Reads a stream, given as the data of its events; the end marker must be among them if it is meant.</summary>
    public static Task<List<DatabricksCompletionUpdate>> ReadsStream(params string[] data) =>
        Collect(new VerbatimService().Streams(Exchange.Events(data)));

    public static async Task<List<DatabricksCompletionUpdate>> Collect(VerbatimService service, int prompts = 1)
    {
        var updates = new List<DatabricksCompletionUpdate>();
        var stream = service.Client().CompleteStreamingAsync(VerbatimService.EndpointName, Enumerable.Repeat("Once", prompts));
        await foreach (var update in stream)
        {
            updates.Add(update);
        }

        return updates;
    }

    public static Task<TException> Refusal<TException>(DatabricksCompletionOptions options)
        where TException : Exception =>
        Assert.ThrowsAsync<TException>(() => new VerbatimService().Client().CompleteAsync(VerbatimService.EndpointName, "Once", options));

    public static string Answer(int choices) =>
        $$"""{"choices":[{{string.Join(',', Enumerable.Range(0, choices).Select(Choice))}}]}""";

    private static string Choice(int index) => $$"""{"index":{{index}},"text":"t{{index}}","finish_reason":"stop"}""";
}
