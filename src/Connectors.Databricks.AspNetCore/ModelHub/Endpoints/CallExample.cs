using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Connectors.Databricks.AspNetCore.ModelHub.Endpoints;

/// <summary>Code that calls an endpoint, to copy. Names are escaped for each language, and credentials are variables.</summary>
internal sealed class CallExample(EndpointProfile profile)
{
    private const string Client = "var serving = DatabricksServingClient.FromEnvironment();\n";

    private readonly string _name = profile.Name;
    private readonly EndpointMode _mode = profile.Mode.Value;

    public string CSharp()
    {
        var name = CSharpLiteral(_name);
        return Client + (_mode switch
        {
            _ when _mode == EndpointMode.Embedding =>
                $"var embeddings = serving.GetEmbeddingGenerator({name});\n" +
                "var vector = await embeddings.GenerateVectorAsync(\"What is a lakehouse?\");",
            _ when _mode == EndpointMode.Completion =>
                $"var completion = await serving.CompleteAsync({name}, \"A lakehouse is\");\nConsole.WriteLine(completion.Text);",
            _ when _mode == EndpointMode.Prediction || _mode == EndpointMode.Features =>
                $"var signature = await serving.Directory.GetSignatureAsync({name});   // the columns\n" +
                "var input = DatabricksPredictionInput.DataframeRecords(rows);\n" +
                $"var prediction = await serving.PredictAsync({name}, input);",
            _ =>
                $"IChatClient chat = serving.GetChatClient({name});\n" +
                "await foreach (var update in chat.GetStreamingResponseAsync(\"What is a lakehouse?\"))\n{\n" +
                "    Console.Write(update.Text);\n}",
        });
    }

    public string Curl()
    {
        var (path, body) = Request();
        return
            $"curl \"$DATABRICKS_HOST\"{ShellLiteral(path)} \\\n" +
            "  -H \"Authorization: Bearer $DATABRICKS_TOKEN\" \\\n" +
            "  -H 'Content-Type: application/json' \\\n" +
            $"  -d {ShellLiteral(body)}";
    }

    private (string Path, string Body) Request()
    {
        var body = _mode switch
        {
            _ when _mode == EndpointMode.Embedding => "\"input\": [\"What is a lakehouse?\"]",
            _ when _mode == EndpointMode.Completion => "\"prompt\": \"A lakehouse is\", \"max_tokens\": 200",
            _ when _mode == EndpointMode.Prediction || _mode == EndpointMode.Features => "\"dataframe_records\": [{}]",
            _ when _mode == EndpointMode.Responses => "\"input\": [{\"role\": \"user\", \"content\": \"What is a lakehouse?\"}]",
            _ => "\"messages\": [{\"role\": \"user\", \"content\": \"What is a lakehouse?\"}]",
        };
        return profile.IsModelService
            ? (GatewayPath(_mode), $"{{\"model\": \"{JsonEncodedText.Encode(_name)}\", {body}}}")
            : ($"/serving-endpoints/{Uri.EscapeDataString(_name)}/invocations", $"{{{body}}}");
    }

    /// <summary>The path of Unity Gateway on which a model service is called.</summary>
    public static string GatewayPath(EndpointMode mode) =>
        mode == EndpointMode.Embedding ? "/ai-gateway/mlflow/v1/embeddings"
        : mode == EndpointMode.Responses ? "/ai-gateway/mlflow/v1/responses"
        : "/ai-gateway/mlflow/v1/chat/completions";

    private static string ShellLiteral(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    // Everything but printable ASCII is escaped: no character can end the literal or turn the direction of the text.
    private static string CSharpLiteral(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' or '\\' => literal.Append('\\').Append(character),
                >= ' ' and <= '~' => literal.Append(character),
                _ => literal.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
            };
        }

        return literal.Append('"').ToString();
    }
}
