namespace Connectors.Databricks.Tests.Docs.Code;

/// <summary>The code of docs/completions.md. Each public method runs on the emulator as a test.</summary>
internal static class CompletionsCode
{
    public static async Task Complete(DatabricksServingClient serving)
    {
        // <complete>
        DatabricksCompletion completion = await serving.CompleteAsync("text-base", "Once upon a time");
        Console.WriteLine(completion.Text);

        await foreach (DatabricksCompletionUpdate update in serving.CompleteStreamingAsync("text-base", "Once upon a time"))
        {
            Console.Write(update.Text);
        }
        // </complete>
        Assert.NotEmpty(completion.Text);
    }

    public static async Task CompleteMany(DatabricksServingClient serving)
    {
        // <complete-many>
        var options = new DatabricksCompletionOptions { ChoiceCount = 2, MaxOutputTokens = 50 };
        DatabricksCompletion completion = await serving.CompleteAsync("text-base", ["Roses are", "Violets are"], options);

        foreach (DatabricksCompletionChoice choice in completion.Choices)
        {
            Console.WriteLine($"{choice.Index}: {choice.Text} ({choice.FinishReason})");
        }
        // </complete-many>
        Assert.Equal(4, completion.Choices.Count);
    }
}
