using System.Text;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Connectors.Databricks.Management.Documents;
using Connectors.Databricks.Management.Permissions;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Tests.Bounds;

/// <summary>Each list and map of the management documents, found from their contracts, is refused when it has too many items.</summary>
public class ManagementContractFloodTests
{
    private const int MaxItems = 100;

    private static readonly ServingCall Call =
        new("Getting it", "a", new Uri("https://a.example/"), Body: null, IsStream: false) { IsSentence = true };

    [Fact]
    public void Every_list_of_every_contract_is_bounded()
    {
        var floods = Contracts().SelectMany(Floods).ToList();

        Assert.InRange(floods.Count, 40, int.MaxValue);
        foreach (var (contract, document) in floods)
        {
            var failure = Assert.Throws<DatabricksServingException>(() => Read(contract, document));
            Assert.True(
                failure.Message.Contains("ResponseLimits.MaxItems", StringComparison.Ordinal) ||
                failure.Message.Contains("ResponseLimits.MaxJsonValues", StringComparison.Ordinal),
                $"{document[..Math.Min(200, document.Length)]}: {failure.Message}");
        }
    }

    private static IEnumerable<JsonTypeInfo> Contracts() =>
        from context in new JsonSerializerContext[] { ManagementJsonContext.Default, PermissionsJsonContext.Default }
        from property in context.GetType().GetProperties()
        where typeof(JsonTypeInfo).IsAssignableFrom(property.PropertyType)
        let contract = (JsonTypeInfo)property.GetValue(context)!
        where contract.Kind == JsonTypeInfoKind.Object
        select contract;

    private static IEnumerable<(JsonTypeInfo Contract, string Document)> Floods(JsonTypeInfo contract)
    {
        foreach (var property in contract.Properties)
        {
            var inner = Contract(property.PropertyType);
            if (property.IsExtensionData || inner?.Kind == JsonTypeInfoKind.Dictionary)
            {
                var members = string.Join(',', Enumerable.Range(0, MaxItems * 11).Select(i => $"\"k{i}\":\"v\""));
                var text = property.IsExtensionData ? $"{{{members}}}" : $"{{\"{property.Name}\":{{{members}}}}}";
                yield return (contract, text);
            }
            else if (inner?.Kind == JsonTypeInfoKind.Enumerable)
            {
                yield return (contract, $"{{\"{property.Name}\":[{string.Join(',', Enumerable.Repeat(Item(inner), MaxItems * 2))}]}}");
            }
        }
    }

    private static JsonTypeInfo? Contract(Type type) =>
        ManagementJsonContext.Default.GetTypeInfo(type) ?? PermissionsJsonContext.Default.GetTypeInfo(type);

    private static string Item(JsonTypeInfo list) =>
        list.ElementType is { } element && Contract(element)?.Kind == JsonTypeInfoKind.Object ? "{}" : "\"a\"";

    private static void Read(JsonTypeInfo contract, string document)
    {
        var limits = new DatabricksResponseLimitOptions { MaxItems = MaxItems };
        using var reply = new ServingReply(new HttpResponseMessage(), limits);
        var served = new ServedDocument(reply, Encoding.UTF8.GetBytes(document));
        var read = typeof(WorkspaceDocument).GetMethod(nameof(WorkspaceDocument.Read))!.MakeGenericMethod(contract.Type);
        try
        {
            read.Invoke(null, [Call, served, contract, CancellationToken.None]);
        }
        catch (System.Reflection.TargetInvocationException exception)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(exception.InnerException!).Throw();
        }
    }
}
