/**
 * What moto 5.2.5 does unlike RDS, mended: it gives every DB instance one and the same resource id, does nothing for a
 * ModifyDBCluster that changes log exports, and exports a log twice when it is asked twice.
 */
export const RDS_AS_AWS_HAS_IT = `
import hashlib
from moto.rds.models import DBCluster, DBInstance, RDSBackend

class LogTypes(list):
    def extend(self, types):
        list.extend(self, [one for one in types if one not in self])
    def remove(self, one):
        if one in self:
            list.remove(self, one)

for kind in (DBCluster, DBInstance):
    kind.enabled_cloudwatch_logs_exports = property(
        lambda self: self.__dict__.setdefault('_log_types', LogTypes()),
        lambda self, types: self.__dict__.update(_log_types=LogTypes(types)))

make = DBInstance.__init__
def init(self, *args, **kwargs):
    make(self, *args, **kwargs)
    digest = hashlib.md5(self.db_instance_identifier.encode()).hexdigest()
    self.dbi_resource_id = 'db-' + digest[:26].upper()
DBInstance.__init__ = init

modify = RDSBackend.modify_db_cluster
def modify_db_cluster(self, kwargs):
    cluster = self.clusters[kwargs.get('db_cluster_identifier')]
    logs = kwargs.get('cloudwatch_logs_export_configuration') or {}
    modified = modify(self, kwargs)
    for one in logs.get('DisableLogTypes') or []:
        cluster.enabled_cloudwatch_logs_exports.remove(one)
    cluster.enabled_cloudwatch_logs_exports.extend(logs.get('EnableLogTypes') or [])
    return modified
RDSBackend.modify_db_cluster = modify_db_cluster
`;
