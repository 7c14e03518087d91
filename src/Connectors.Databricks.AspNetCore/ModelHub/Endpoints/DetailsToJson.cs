using System.Text.Json;
using Connectors.Databricks.AspNetCore.Json;

namespace Connectors.Databricks.AspNetCore.ModelHub.Endpoints;

/// <summary>Writes the detail view of an endpoint: what it serves, its traffic split, and code that calls it.</summary>
internal sealed class DetailsToJson(EndpointToJson summaries)
{
    public void Write(Utf8JsonWriter writer, EndpointProfile profile, bool isTable)
    {
        writer.WriteStartObject();
        summaries.Write(writer, profile, isTable);
        if (profile.IsModelService)
        {
            var routing = profile.Document.Member("config").Member("routing");
            WriteEntities(writer, "entities"u8, ServedEntity.OfRouting(routing));
            WriteEntities(writer, "fallbacks"u8, ServedEntity.OfRouting(routing.Member("fallback")));
        }
        else
        {
            WriteEntities(writer, "entities"u8, ServedEntity.OfConfig(profile.Document.Member("config")));
            WriteEntities(writer, "pending"u8, ServedEntity.OfConfig(profile.Document.Member("pending_config")));
        }

        writer.WriteStartObject("sources"u8);
        writer.WriteString("kind"u8, profile.Kind.Source.ToString());
        writer.WriteString("mode"u8, profile.Mode.Source.ToString());
        writer.WriteString("contextWindow"u8, profile.ContextWindow.Source.ToString());
        writer.WriteString("capabilities"u8, profile.SupportsTools.Source.ToString());
        writer.WriteEndObject();
        var example = new CallExample(profile);
        writer.WriteStartObject("examples"u8);
        writer.WriteString("csharp"u8, example.CSharp());
        writer.WriteString("curl"u8, example.Curl());
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteEntities(Utf8JsonWriter writer, ReadOnlySpan<byte> member, IReadOnlyList<ServedEntity> entities)
    {
        writer.WriteStartArray(member);
        foreach (var entity in entities)
        {
            writer.WriteStartObject();
            JsonMembers.Text(writer, "name"u8, entity.Name);
            JsonMembers.Text(writer, "model"u8, entity.Model);
            JsonMembers.Text(writer, "provider"u8, entity.Provider);
            JsonMembers.Text(writer, "version"u8, entity.Version);
            JsonMembers.Text(writer, "workloadSize"u8, entity.WorkloadSize);
            JsonMembers.Text(writer, "workloadType"u8, entity.WorkloadType);
            JsonMembers.Flag(writer, "scalesToZero"u8, entity.ScalesToZero);
            JsonMembers.Number(writer, "trafficPercent"u8, entity.TrafficPercent);
            JsonMembers.Text(writer, "deployment"u8, entity.Deployment);
            JsonMembers.Text(writer, "deploymentMessage"u8, entity.DeploymentMessage);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
