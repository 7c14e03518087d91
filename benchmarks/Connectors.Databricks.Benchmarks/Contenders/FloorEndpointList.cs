using System.Text.Json;

namespace Connectors.Databricks.Benchmarks.Contenders;

/// <summary>The floor of a list: name, task and readiness of each endpoint, without its other members.</summary>
internal sealed class FloorEndpointList(HttpClient http, Uri address)
{
    public async Task<IReadOnlyList<ListedEndpoint>> ReadAsync()
    {
        using var response = await http.GetAsync(address);
        response.EnsureSuccessStatusCode();
        return Read(await response.Content.ReadAsByteArrayAsync());
    }

    private static List<ListedEndpoint> Read(byte[] body)
    {
        var endpoints = new List<ListedEndpoint>();
        var reader = new Utf8JsonReader(body);
        reader.Read();
        reader.Read();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            endpoints.Add(ReadEndpoint(ref reader));
        }

        return endpoints;
    }

    private static ListedEndpoint ReadEndpoint(ref Utf8JsonReader reader)
    {
        string? name = null;
        string? task = null;
        var isReady = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8))
            {
                reader.Read();
                name = reader.GetString();
            }
            else if (reader.ValueTextEquals("task"u8))
            {
                reader.Read();
                task = reader.GetString();
            }
            else if (reader.ValueTextEquals("state"u8))
            {
                isReady = ReadState(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return new ListedEndpoint(name!, task, isReady);
    }

    private static bool ReadState(ref Utf8JsonReader reader)
    {
        var isReady = false;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("ready"u8))
            {
                reader.Read();
                isReady = reader.ValueTextEquals("READY"u8);
            }
            else
            {
                reader.Skip();
            }
        }

        return isReady;
    }
}

/// <summary>What all contenders read of an endpoint.</summary>
internal readonly record struct ListedEndpoint(string Name, string? Task, bool IsReady);
