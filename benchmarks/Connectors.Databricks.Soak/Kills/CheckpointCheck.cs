using System.Text;
using System.Text.Json;

namespace Connectors.Databricks.Soak.Kills;

/// <summary>Reads a checkpoint without the code of the connector, and checks every line of it.</summary>
internal static class CheckpointCheck
{
    /// <summary>Reads the ids of the complete lines.</summary>
    /// <exception cref="InvalidDataException">A line is not JSON, occurs twice, or has another response.</exception>
    public static HashSet<string> Ids(string path)
    {
        var ids = new HashSet<string>();
        var text = Encoding.UTF8.GetString(File.ReadAllBytes(path));
        foreach (var line in text.Split('\n')[..^1].Skip(1))
        {
            var result = Parse(line);
            var id = result.GetProperty("id").GetString()!;
            var message = result.GetProperty("response").GetProperty("messages")[0];
            var reply = message.GetProperty("contents")[0].GetProperty("text").GetString();
            if (!ids.Add(id))
            {
                throw new InvalidDataException($"Request {id} has two lines.");
            }

            if (reply != CountingServer.ReplyTo(id))
            {
                throw new InvalidDataException($"Request {id} has another response: {reply}");
            }
        }

        return ids;
    }

    private static JsonElement Parse(string line)
    {
        try
        {
            return JsonElement.Parse(line);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"A line is not JSON: {line}", exception);
        }
    }
}
