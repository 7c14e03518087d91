using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Connectors.Databricks.AspNetCore.Routing;

/// <summary>
/// Adds the JSON contracts of the types that describe documents. OpenAPI documents are created with the JSON options of the app, whose
/// naming policy does not apply to these documents, and which have no contracts of them if reflection is turned off.
/// </summary>
internal static class OpenApiSchemas
{
    public static void Add(IEndpointRouteBuilder endpoints, JsonSerializerContext contracts)
    {
        var options = endpoints.ServiceProvider.GetService<IOptions<JsonOptions>>()?.Value.SerializerOptions;
        if (options is { IsReadOnly: false } && !options.TypeInfoResolverChain.Contains(contracts))
        {
            options.TypeInfoResolverChain.Insert(0, new OwnTypes(contracts));
            options.TypeInfoResolverChain.Add(contracts);
        }
    }

    /// <summary>The types of this package, with the names that the documents have, and numbers that are no text.</summary>
    private sealed class OwnTypes(JsonSerializerContext contracts) : IJsonTypeInfoResolver
    {
        private readonly JsonNamingPolicy _names = contracts.Options.PropertyNamingPolicy ?? JsonNamingPolicy.CamelCase;

        public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options)
        {
            var isOwn = type.Assembly == typeof(OwnTypes).Assembly;
            if (!isOwn || ((IJsonTypeInfoResolver)contracts).GetTypeInfo(type, options) is not { } contract)
            {
                return null;
            }

            contract.NumberHandling = JsonNumberHandling.Strict;
            foreach (var property in contract.Properties)
            {
                if (property.AttributeProvider is MemberInfo member)
                {
                    property.Name = member.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? _names.ConvertName(member.Name);
                }
            }

            return contract;
        }
    }
}
